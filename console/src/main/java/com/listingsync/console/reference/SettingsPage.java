package com.listingsync.console.reference;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.listingsync.common.setting.EnvRecords;
import com.listingsync.common.setting.EnvRecords.Declaration;
import com.listingsync.common.wire.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The page of all settings, in Markdown: those that every service reads first, then each service's own. */
public final class SettingsPage {

    private SettingsPage() {}

    /** The whole page, ending with a line break. */
    public static String markdown() {
        Map<String, List<Declaration>> byService = new LinkedHashMap<>();
        ServiceSettings.ALL.forEach((service, type) -> byService.put(service, EnvRecords.declarations(type)));
        Set<String> shared = shared(byService);
        StringBuilder page = new StringBuilder("""
                # Settings

                Settings are environment variables. This page is generated from their declarations (`./listing-sync settings`);
                `./listing-sync SERVICE --print-settings` prints what is in force. A variable that is set to nothing counts as not
                set. All problems are reported at once when a service starts, by name and never by value.

                Durations are whole numbers with `ms`, `s`, `m`, `h` or `d`; sizes with `KiB`, `MiB` or `GiB`. Any other `KAFKA_…`
                variable goes to the Kafka clients: `KAFKA_SASL_JAAS_CONFIG` is their `sasl.jaas.config`. Those that our guarantees
                depend on (such as `KAFKA_ACKS`) are ours to decide, and setting one is a problem.

                A secret `NAME` (a key, a token, a password), a `KAFKA_…` property, and whatever the connections file refers to as
                `${NAME}` may be in a file instead: `NAME_FILE` is its path. A line break at its end is left out.
                """);
        List<Declaration> first = byService.values().iterator().next();
        section(
                page,
                "Every service",
                first.stream().filter(d -> shared.contains(d.name())).toList());
        byService.forEach((service, declarations) -> section(
                page,
                "The " + service,
                declarations.stream().filter(d -> !shared.contains(d.name())).toList()));
        return page.toString();
    }

    /** The same for scripts: objects with {@code service, name, default, doc}; {@code default} is null where one must be set. */
    public static ArrayNode json() {
        ArrayNode all = Json.MAPPER.createArrayNode();
        ServiceSettings.ALL.forEach((service, type) -> EnvRecords.declarations(type)
                .forEach(declaration -> all.addObject()
                        .put("service", service)
                        .put("name", declaration.name())
                        .put("default", declaration.fallback())
                        .put("doc", declaration.doc())));
        return all;
    }

    private static Set<String> shared(Map<String, List<Declaration>> byService) {
        Set<String> shared = null;
        for (List<Declaration> declarations : byService.values()) {
            Set<String> names =
                    declarations.stream().map(Declaration::name).collect(Collectors.toCollection(LinkedHashSet::new));
            if (shared == null) {
                shared = names;
            } else {
                shared.retainAll(names);
            }
        }
        return shared == null ? Set.of() : shared;
    }

    private static void section(StringBuilder page, String title, List<Declaration> declarations) {
        page.append("\n## ").append(title).append("\n\n");
        if (declarations.isEmpty()) {
            page.append("Nothing but the settings of every service.\n");
            return;
        }
        page.append("| variable | default | what it is |\n| --- | --- | --- |\n");
        for (Declaration declaration : declarations) {
            page.append("| `")
                    .append(declaration.name())
                    .append("` | ")
                    .append(fallback(declaration))
                    .append(" | ")
                    .append(declaration.doc().replace("|", "\\|"))
                    .append(" |\n");
        }
    }

    private static String fallback(Declaration declaration) {
        if (declaration.fallback() == null) {
            return "*required*";
        }
        if (declaration.fallback().isEmpty()) {
            return "none";
        }
        boolean bareNumber =
                declaration.type() == Duration.class && declaration.fallback().matches("\\d+");
        return "`" + (bareNumber ? declaration.fallback() + "ms" : declaration.fallback()) + "`";
    }
}
