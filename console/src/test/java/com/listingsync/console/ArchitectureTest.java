package com.listingsync.console;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;

/** The walls of the house. Each rule's reason says what to do instead. */
@AnalyzeClasses(packages = "com.listingsync", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "com.listingsync";

    /** Words that say what kind of thing a package is, not what it is about. */
    private static final Set<String> BANNED_PACKAGES = Set.of(
            "util",
            "utils",
            "helper",
            "helpers",
            "misc",
            "impl",
            "model",
            "models",
            "dto",
            "service",
            "services",
            "manager",
            "handler",
            "core",
            "internal",
            "base");

    @ArchTest
    static final ArchRule commonKnowsNobody = noClasses()
            .that()
            .resideInAPackage("..common..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    ROOT + ".producer..",
                    ROOT + ".processor..",
                    ROOT + ".sink..",
                    ROOT + ".console..",
                    ROOT + ".embedded..")
            .because(
                    "common holds what crosses a module boundary; what only one module needs belongs into that module");

    @ArchTest
    static final ArchRule producerKnowsNoSibling = seesOnlyCommon("producer");

    @ArchTest
    static final ArchRule processorKnowsNoSibling = seesOnlyCommon("processor");

    @ArchTest
    static final ArchRule sinkKnowsNoSibling = seesOnlyCommon("sink");

    @ArchTest
    static final ArchRule embeddedKnowsNoService = seesOnlyCommon("embedded");

    @ArchTest
    static final ArchRule onlyConsoleStartsEmbeddedParts = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + ".embedded..", ROOT + ".console.up..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".embedded..")
            .because("the stand-ins are for 'up' and for tests; a service must not know whether its world is real: "
                    + "give it an address by a setting");

    @ArchTest
    static final ArchRule pureRulesStayPure = noClasses()
            .that()
            .resideInAnyPackage(
                    ROOT + ".common.event..",
                    ROOT + ".common.run..",
                    ROOT + ".processor.rule..",
                    ROOT + ".sink.batch..")
            .should()
            .dependOnClassesThat(are(resideInAPackage("org.apache.kafka.."))
                    .or(resideInAPackage("okhttp3.."))
                    .or(resideInAPackage("java.net.."))
                    .or(resideInAPackage("java.net.http.."))
                    .or(resideInAPackage("java.nio.file.."))
                    .or(resideInAPackage("java.nio.channels.."))
                    .or(resideInAPackage("java.sql.."))
                    .or(resideInAPackage("java.util.concurrent.."))
                    .or(resideInAPackage("org.slf4j.."))
                    .or(resideInAPackage("io.micrometer..")))
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Thread.class, java.time.Clock.class)
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .because(
                    "these are the rules, tested with plain values: pass the time and the data in, and leave Kafka, HTTP, "
                            + "I/O, threads and the clock to the class that calls them");

    @ArchTest
    static final ArchRule onlyMainReadsTheEnvironment = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("com.listingsync.console.Main")
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .because(
                    "settings come in as a Map or a settings record, so that a test can give others: take one as a parameter");

    @ArchTest
    static final ArchRule onlyMainEndsTheProcess = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("com.listingsync.console.Main")
            .should()
            .callMethod(System.class, "exit", int.class)
            .because("commands return an exit code; only Main gives it to the process");

    @ArchTest
    static final ArchRule packagesNameConcepts = classes()
            .should(new ArchCondition<JavaClass>("lie in packages named after concepts") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    for (String word : type.getPackageName().split("\\.")) {
                        if (BANNED_PACKAGES.contains(word)) {
                            events.add(SimpleConditionEvent.violated(
                                    type, type.getName() + " lies in a package called '" + word + "'"));
                        }
                    }
                }
            })
            .because("a package is named for what it is about: name it for the concept that its classes share");

    @ArchTest
    static final ArchRule classesAreNamedByRole = noClasses()
            .that()
            .areNotAnonymousClasses()
            .should()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameStartingWith("Abstract")
            .because(
                    "two implementations are told apart by what is different about them, and a helper helps with something: "
                            + "use that word");

    @ArchTest
    static final ArchRule nothingIsPrintedPastTheShell = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("com.listingsync.console.Main")
            .and()
            .resideOutsideOfPackage(ROOT + ".embedded.kafka..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .because("services log with SLF4J and commands print to their Shell, which tests can read");

    @ArchTest
    static void everyPackageSaysWhatItIsFor(JavaClasses all) {
        ArchRule rule = classes()
                .that()
                .areNotAnonymousClasses()
                .should(new ArchCondition<JavaClass>("lie in a package with a package-info.java") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        if (type.getPackage().tryGetPackageInfo().isEmpty()) {
                            events.add(SimpleConditionEvent.violated(
                                    type, "package " + type.getPackageName() + " has no package-info.java"));
                        }
                    }
                })
                .because("a reader starts there: write its job, its entry type and its thread rule, with @NullMarked");
        rule.check(all);
    }

    @ArchTest
    static final ArchRule commandsRunWithTheClassesOfOneService = methods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage(ROOT + ".console.command..")
            .should(new ArchCondition<JavaMethod>("have no type of a service in their signature") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                    method.getInvolvedRawTypes().stream()
                            .filter(type -> type.getPackageName()
                                    .matches("com\\.listingsync\\.(producer|processor|sink|embedded).*"))
                            .forEach(type -> events.add(SimpleConditionEvent.violated(
                                    method, method.getFullName() + " names " + type.getName())));
                }
            })
            .because(
                    "picocli looks at every method of every command, and the image of one service has only its own classes: "
                            + "name the type inside the method, or move the logic out of the command");

    private static ArchRule seesOnlyCommon(String module) {
        return noClasses()
                .that()
                .resideInAPackage(ROOT + "." + module + "..")
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "..")
                        .and(com.tngtech.archunit.base.DescribedPredicate.not(
                                resideInAPackage(ROOT + "." + module + "..").or(resideInAPackage(ROOT + ".common..")))))
                .because(
                        "modules meet on topics and see only common: what two of them need crosses a boundary and belongs "
                                + "there");
    }
}
