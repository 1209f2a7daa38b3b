package com.listingsync.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.meter.Meter;
import com.listingsync.console.reference.SettingsPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages link to is there, and so are the settings and meters that they name. */
class DocumentationTest {

    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```.*?^```");
    private static final Pattern PAGE_IN_SOURCE = Pattern.compile("\\bdocs/[a-z]+\\.md(?:#[a-z-]+)?");
    private static final Pattern SETTING = Pattern.compile("\\b(?:SYNC|SUPABASE|OTEL|CRON|KAFKA)_[A-Z_]+…?");
    private static final Pattern SETTING_ROW = Pattern.compile("(?m)^\\| `([A-Z_]+)`");
    private static final Pattern METER = Pattern.compile("\\blistings_[a-z_]+[…*]?");

    private static final Pattern SEVERAL = Pattern.compile("[…*]$");

    /** Commands of {@code secrets} have them, not services. */
    private static final Set<String> OF_COMMANDS = Set.of("SYNC_NEW_MASTER_KEY");

    @ParameterizedTest
    @MethodSource("pages")
    void linksToWhatIsThere(Path page) throws IOException {
        assertThat(matches(LINK, Files.readString(page), 1))
                .filteredOn(link -> !link.matches("[a-z]+:.*"))
                .allSatisfy(
                        link -> assertThat(leadsSomewhere(page, link)).as(link).isTrue());
    }

    @Test
    void isThereWhereTheSourcesPointToIt() throws IOException {
        for (String module : List.of("common", "producer", "processor", "sink", "console")) {
            for (Path source : Pages.sources(module)) {
                assertThat(matches(PAGE_IN_SOURCE, Files.readString(source), 0))
                        .allSatisfy(link -> assertThat(leadsSomewhere(Pages.TOP.resolve("README.md"), link))
                                .as("%s: %s", source.getFileName(), link)
                                .isTrue());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void namesSettingsThatThereAre(Path page) throws IOException {
        Set<String> settings = Stream.concat(
                        OF_COMMANDS.stream(), matches(SETTING_ROW, SettingsPage.markdown(), 1).stream())
                .collect(Collectors.toSet());

        assertThat(new TreeSet<>(matches(SETTING, Files.readString(page), 0)))
                .allSatisfy(
                        name -> assertThat(isSetting(name, settings)).as(name).isTrue());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void namesMetersThatThereAre(Path page) throws IOException {
        Set<String> meters =
                Stream.of(Meter.values()).map(Meter::prometheusName).collect(Collectors.toSet());

        assertThat(new TreeSet<>(matches(METER, Files.readString(page), 0)))
                .allSatisfy(name -> assertThat(
                                SEVERAL.matcher(name).find() ? begins(meters, several(name)) : meters.contains(name))
                        .as(name)
                        .isTrue());
    }

    static Stream<Path> pages() throws IOException {
        return Pages.all().stream();
    }

    /** With {@code _FILE} it is the same setting's file; with an ellipsis it stands for several. */
    private static boolean isSetting(String name, Set<String> settings) {
        if (SEVERAL.matcher(name).find()) {
            String prefix = several(name);
            return prefix.equals("KAFKA_") || begins(settings, prefix) || begins(kafkaVariables(), prefix);
        }
        String whole = name.endsWith("_FILE") ? name.substring(0, name.length() - "_FILE".length()) : name;
        return settings.contains(whole)
                || settings.contains(name)
                || kafkaVariables().contains(whole);
    }

    /** Those that go to the Kafka clients as they are. */
    private static Set<String> kafkaVariables() {
        return Stream.of(AdminClientConfig.configNames(), ConsumerConfig.configNames(), ProducerConfig.configNames())
                .flatMap(Set::stream)
                .map(property -> "KAFKA_" + property.toUpperCase(Locale.ROOT).replace('.', '_'))
                .collect(Collectors.toSet());
    }

    /** What all of those begin with that are named together. */
    private static String several(String name) {
        return SEVERAL.matcher(name).replaceAll("");
    }

    private static boolean begins(Set<String> names, String prefix) {
        return names.stream().anyMatch(name -> name.startsWith(prefix));
    }

    private static boolean leadsSomewhere(Path page, String link) throws IOException {
        int hash = link.indexOf('#');
        String file = hash < 0 ? link : link.substring(0, hash);
        Path target = file.isEmpty() ? page : page.getParent().resolve(file).normalize();
        return Files.exists(target)
                && (hash < 0
                        || matches(
                                        HEADING,
                                        BLOCK.matcher(Files.readString(target)).replaceAll(""),
                                        1)
                                .stream()
                                .map(DocumentationTest::anchor)
                                .anyMatch(link.substring(hash + 1)::equals));
    }

    /** As GitHub makes it of a heading. */
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    private static List<String> matches(Pattern pattern, String text, int group) {
        return pattern.matcher(text)
                .results()
                .map(result -> result.group(group))
                .toList();
    }
}
