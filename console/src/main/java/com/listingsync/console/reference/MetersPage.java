package com.listingsync.console.reference;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.meter.Meter;
import com.listingsync.common.wire.Json;
import java.util.List;
import java.util.Locale;

/** The page of all meters, in Markdown. */
public final class MetersPage {

    private MetersPage() {}

    /** The whole page, ending with a line break. */
    public static String markdown() {
        StringBuilder page = new StringBuilder("""
                # Meters

                Every service answers `GET /metrics` in Prometheus' text format. This page is generated from the declarations in
                `common` (`./listing-sync meters`). Beside these there are the meters of the Java virtual machine.

                | name at `/metrics` | kind | tags | what it is |
                | --- | --- | --- | --- |
                """);
        for (Meter meter : Meter.values()) {
            page.append("| `")
                    .append(meter.prometheusName())
                    .append("` | ")
                    .append(meter.kind().name().toLowerCase(Locale.ROOT))
                    .append(" | ")
                    .append(tags(meter.tags()))
                    .append(" | ")
                    .append(meter.doc())
                    .append(" |\n");
        }
        return page.toString();
    }

    /** The same for scripts: objects with {@code name, kind, tags, doc}. */
    public static ArrayNode json() {
        ArrayNode all = Json.MAPPER.createArrayNode();
        for (Meter meter : Meter.values()) {
            ObjectNode one = all.addObject()
                    .put("name", meter.prometheusName())
                    .put("kind", meter.kind().name().toLowerCase(Locale.ROOT));
            meter.tags().forEach(one.putArray("tags")::add);
            one.put("doc", meter.doc());
        }
        return all;
    }

    private static String tags(List<String> tags) {
        return tags.isEmpty() ? "none" : "`" + String.join("`, `", tags) + "`";
    }
}
