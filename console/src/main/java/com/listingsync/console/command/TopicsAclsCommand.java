package com.listingsync.console.command;

import com.listingsync.console.acl.AccessRules;
import com.listingsync.console.acl.AclChange;
import com.listingsync.console.acl.AclCommands;
import com.listingsync.console.acl.Role;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.shell.Shell;
import java.util.EnumMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code topics acls}. Confined to the main thread. */
@Command(
        name = "acls",
        sortOptions = false,
        description = "Prints the least that each service needs on a Kafka with an authorizer, as commands of"
                + " kafka-acls.sh; or gives it them.",
        footer = {"  ./listing-sync topics acls", "  ./listing-sync topics acls --sink User:writer --apply"})
final class TopicsAclsCommand implements Runnable {

    private final Shell shell;

    @Mixin
    private final Target target = new Target();

    @Option(
            names = "--producer",
            paramLabel = "PRINCIPAL",
            defaultValue = "User:producer",
            description = "Who the producers are (${DEFAULT-VALUE}).")
    private String producer = "";

    @Option(
            names = "--processor",
            paramLabel = "PRINCIPAL",
            defaultValue = "User:processor",
            description = "Who the processors are (${DEFAULT-VALUE}).")
    private String processor = "";

    @Option(
            names = "--sink",
            paramLabel = "PRINCIPAL",
            defaultValue = "User:sink",
            description = "Who the sinks are (${DEFAULT-VALUE}).")
    private String sink = "";

    @Option(
            names = "--console",
            paramLabel = "PRINCIPAL",
            defaultValue = "User:console",
            description = "Who the console is (${DEFAULT-VALUE}).")
    private String console = "";

    @Option(
            names = "--operator",
            paramLabel = "PRINCIPAL",
            defaultValue = "User:operator",
            description = "Who uses the tools (${DEFAULT-VALUE}).")
    private String operator = "";

    @Option(
            names = "--command-config",
            paramLabel = "FILE",
            defaultValue = "admin.properties",
            description = "Properties that kafka-acls.sh logs in with (${DEFAULT-VALUE}).")
    private String commandConfig = "";

    @Option(
            names = "--apply",
            description =
                    "Add what is missing on the broker instead; nothing is taken away. Needs the right to alter the"
                            + " cluster.")
    private boolean apply;

    TopicsAclsCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        KafkaAccess access = target.kafka(shell);
        AccessRules rules = AccessRules.of(access.topics());
        if (apply) {
            AclChange change = AclChange.apply(access, rules.bindings(principals()));
            shell.out().println(change.added() + " rules added, " + change.there() + " were there already");
        } else {
            AclCommands.of(rules, principals(), access.settings().bootstrapServers(), commandConfig)
                    .forEach(shell.out()::println);
        }
    }

    private Map<Role, String> principals() {
        Map<Role, String> principals = new EnumMap<>(Role.class);
        principals.put(Role.PRODUCER, named("--producer", producer));
        principals.put(Role.PROCESSOR, named("--processor", processor));
        principals.put(Role.SINK, named("--sink", sink));
        principals.put(Role.CONSOLE, named("--console", console));
        principals.put(Role.OPERATOR, named("--operator", operator));
        return principals;
    }

    private static String named(String option, String principal) {
        if (!principal.matches("[A-Za-z]+:.+")) {
            throw new WrongUsage(option + ": expected a principal such as User:producer or User:CN=producer; found '"
                    + principal + "'");
        }
        return principal;
    }
}
