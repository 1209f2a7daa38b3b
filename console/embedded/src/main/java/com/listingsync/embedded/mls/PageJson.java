package com.listingsync.embedded.mls;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.listingsync.embedded.world.Field;
import com.listingsync.embedded.world.Row;
import com.listingsync.embedded.world.RowJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;

/** The JSON of answers, in the order OData prescribes: context, count, rows, link to the next page. */
final class PageJson {
    private static final JsonFactory JSON = new JsonFactory();

    /** Such as {@code http://127.0.0.1:8090/odata}. */
    private final String service;

    private final ChronoUnit printedUnit;

    PageJson(String service, ChronoUnit printedUnit) {
        this.service = service;
        this.printedUnit = printedUnit;
    }

    byte[] page(Query query, Page page) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream(64 + page.rows().size() * 700);
        try (JsonGenerator json = JSON.createGenerator(body)) {
            json.writeStartObject();
            json.writeStringField("@odata.context", context(query));
            if (page.count().isPresent()) {
                json.writeNumberField("@odata.count", page.count().getAsLong());
            }
            json.writeArrayFieldStart("value");
            for (Row row : page.rows()) {
                RowJson.write(json, row, query.fields(), printedUnit);
            }
            json.writeEndArray();
            if (page.next().isPresent()) {
                String token = page.next().get().token();
                json.writeStringField(
                        "@odata.nextLink", service + '/' + query.resource().wireName() + "?$skiptoken=" + token);
            }
            json.writeEndObject();
        }
        return body.toByteArray();
    }

    byte[] entity(Query query, Row row) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream(4_096);
        try (JsonGenerator json = JSON.createGenerator(body)) {
            RowJson.write(json, row, query.fields(), printedUnit);
        }
        return body.toByteArray();
    }

    static byte[] error(String code, String message) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(body)) {
            json.writeStartObject();
            json.writeObjectFieldStart("error");
            json.writeStringField("code", code);
            json.writeStringField("message", message);
            json.writeEndObject();
            json.writeEndObject();
        }
        return body.toByteArray();
    }

    private String context(Query query) {
        String fields = query.selected()
                ? query.fields().stream().map(Field::name).collect(Collectors.joining(",", "(", ")"))
                : "";
        return service + "/$metadata#" + query.resource().wireName() + fields;
    }
}
