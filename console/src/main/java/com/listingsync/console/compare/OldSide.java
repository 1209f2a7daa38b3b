package com.listingsync.console.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.console.shell.CommandFailure;
import com.listingsync.sink.deliver.TableAccess;
import com.listingsync.sink.deliver.TableAccess.AwayException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the old rows are.
 *
 * @param name for people: host, schema, table, whatever was said; no secret
 * @param table the old table; empty when the tables have the names of the new ones
 * @param environment names its project, schema and key, as the sink's settings do
 */
public record OldSide(String name, Optional<String> table, Map<String, String> environment) {

    private static final Pattern TABLE =
            Pattern.compile("(?:([A-Za-z_][A-Za-z0-9_]*)\\.)?([A-Za-z_][A-Za-z0-9_]*|\\*)");

    private static final String SCHEMA = "SUPABASE_SCHEMA";

    /** What PostgREST and PostgreSQL call a table that is not there. */
    private static final Set<String> NO_TABLE = Set.of("PGRST205", "42P01");

    private static final String NO_RIGHT = "42501";
    private static final String NO_SCHEMA = "PGRST106";
    private static final Set<String> NO_ENTRY = Set.of("PGRST301", "PGRST302", "PGRST303", "401", "403");

    public OldSide {
        environment = Map.copyOf(environment);
    }

    /**
     * How another project is entered.
     *
     * @param keyVariable the environment variable with its key; blank when a file has it
     * @param keyFile the file with its key; blank when a variable has it
     * @param restPath path of its REST interface
     * @param schema whose tables are read; blank for the project's own
     */
    public record Entry(String keyVariable, String keyFile, String restPath, String schema) {}

    /**
     * The side that is named by a table, {@code schema.table}, {@code schema.*}, or the address of another project.
     *
     * @param environment the caller's; names the new project
     * @throws SettingsException when that is none of these, or its key is not there
     */
    public static OldSide of(String against, Entry entry, Map<String, String> environment) {
        String text = against.strip();
        if (text.contains("://")) {
            return project(text, entry, environment);
        }
        Matcher table = TABLE.matcher(text);
        if (!table.matches() || text.equals("*")) {
            throw new SettingsException(
                    "--against: expected a table, SCHEMA.TABLE, SCHEMA.* or the address of another project;"
                            + " found '" + text + "'");
        }
        if (!entry.keyVariable().isBlank() || !entry.keyFile().isBlank()) {
            throw new SettingsException(
                    "--against names a table of the same project, which needs no key of its own; leave the key out");
        }
        Map<String, String> same = new HashMap<>(environment);
        String schema = table.group(1) == null ? entry.schema() : table.group(1);
        if (!schema.isBlank()) {
            same.put(SCHEMA, schema);
        }
        Optional<String> name = Optional.of(table.group(2)).filter(one -> !one.equals("*"));
        return new OldSide(schema.isBlank() || table.group(1) != null ? text : schema + "." + text, name, same);
    }

    /**
     * Makes sure that every row of a table has a key: one without is on no page, since pages go by it.
     *
     * @throws IncomparableException when one has none
     * @throws CommandFailure when nothing can be had from this side
     */
    void requireKeys(TableAccess access, TablePair pair) {
        for (TablePair.Column key : pair.keys()) {
            List<JsonNode> without =
                    select(access, pair.oldTable(), Map.of("select", key.old(), key.old(), "is.null", "limit", "1"));
            if (!without.isEmpty()) {
                throw new IncomparableException("a row of " + pair.oldTable() + " has nothing in " + key.old()
                        + ", so it can't be found by it; name other columns with --key");
            }
        }
    }

    /**
     * Any row of a table, to see which columns there are; empty when it has none.
     *
     * @throws IncomparableException when there is no such table, or it may not be read
     * @throws CommandFailure when nothing can be had from this side
     */
    Optional<JsonNode> row(TableAccess access, String name) {
        return select(access, name, Map.of("select", "*", "limit", "1")).stream()
                .findFirst();
    }

    private List<JsonNode> select(TableAccess access, String name, Map<String, String> query) {
        try {
            return access.select(name, query);
        } catch (AwayException e) {
            if (NO_TABLE.contains(e.cause())) {
                throw new IncomparableException("the old side has no such table");
            }
            if (e.cause().equals(NO_RIGHT)) {
                throw new IncomparableException("its key may not read it; on the old side: grant select on " + name
                        + " to the role of the key");
            }
            // Somebody has to mend the address, the key or the project first: no other table could be read either.
            throw new CommandFailure("the old table " + name + " can't be read: " + words(e), e);
        }
    }

    /** The sink's words would name settings of the new side. */
    private String words(AwayException e) {
        if (e.cause().equals(NO_SCHEMA)) {
            return "the old side does not expose schema '" + environment.getOrDefault(SCHEMA, "")
                    + "'; name another one, or add it to the project's exposed schemas";
        }
        return NO_ENTRY.contains(e.cause()) ? "the old side does not accept its key" : e.words();
    }

    private static OldSide project(String address, Entry entry, Map<String, String> environment) {
        URI uri = parsed(address);
        String host = uri.getHost();
        boolean near = host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
        if (!"https".equalsIgnoreCase(uri.getScheme()) && !near) {
            throw new SettingsException(
                    "--against: expected an https address; over http its key would be read by others");
        }
        Map<String, String> other = new HashMap<>(environment);
        other.keySet().removeIf(name -> name.startsWith("SUPABASE_"));
        other.put("SUPABASE_URL", address);
        other.put("SUPABASE_REST_PATH", entry.restPath());
        other.put(SCHEMA, entry.schema());
        other.put("SUPABASE_SERVICE_ROLE_KEY", key(entry, environment, uri.getAuthority()));
        return new OldSide(
                uri.getAuthority() + (entry.schema().isBlank() ? "" : ", schema " + entry.schema()),
                Optional.empty(),
                other);
    }

    private static String key(Entry entry, Map<String, String> environment, String host) {
        if (entry.keyVariable().isBlank() == entry.keyFile().isBlank()) {
            throw new SettingsException(
                    "--against an address needs its key: either --against-key-env NAME, the environment"
                            + " variable with it, or --against-key-file FILE");
        }
        String key =
                entry.keyFile().isBlank() ? environment.getOrDefault(entry.keyVariable(), "") : read(entry.keyFile());
        if (key.isBlank()) {
            throw new SettingsException(
                    (entry.keyFile().isBlank() ? entry.keyVariable() + " is not set" : entry.keyFile() + " is empty")
                            + ": expected a key of " + host + " that may read the tables");
        }
        return key.strip();
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            // Missing, not readable or not text; whoever named it mends it.
            throw new SettingsException("--against-key-file: " + file + " can't be read");
        }
    }

    private static URI parsed(String address) {
        try {
            URI uri = new URI(address);
            if (uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getScheme().toLowerCase(Locale.ROOT).matches("https?")) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Said below, in words that don't repeat what may hold a secret.
        }
        throw new SettingsException(
                "--against: expected an address such as https://abc.supabase.co, without user and password");
    }
}
