package com.listingsync.embedded.postgrest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A CSV body (RFC 4180) as the JSON array that PostgREST makes of it: all values are strings, a bare NULL is null. Stateless. */
final class CsvBody {
    private static final JsonFactory JSON = new JsonFactory();

    private CsvBody() {}

    /** The first line names the columns. */
    static byte[] toJson(byte[] body) {
        List<List<String>> lines = lines(new String(body, StandardCharsets.UTF_8));
        if (lines.isEmpty()) {
            throw Refusals.invalidBody("not enough input");
        }
        List<String> header = lines.get(0);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length * 2);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartArray();
            for (List<String> line : lines.subList(1, lines.size())) {
                write(json, header, line);
            }
            json.writeEndArray();
        } catch (IOException e) {
            // Memory does not fail to be written to: a bug that must escape.
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, List<String> header, List<String> line) throws IOException {
        if (line.size() != header.size()) {
            throw Refusals.invalidBody("All lines must have same number of fields");
        }
        json.writeStartObject();
        for (int i = 0; i < header.size(); i++) {
            String value = line.get(i);
            json.writeStringField(header.get(i), value.equals("NULL") ? null : value);
        }
        json.writeEndObject();
    }

    private static List<List<String>> lines(String text) {
        List<List<String>> lines = new ArrayList<>();
        List<String> line = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (quoted || (c != ',' && c != '\n' && c != '\r')) {
                field.append(c);
            } else if (c == ',') {
                endField(line, field);
            } else if (c == '\n') {
                endField(line, field);
                endLine(lines, line);
            }
        }
        if (field.length() > 0 || !line.isEmpty()) {
            endField(line, field);
            endLine(lines, line);
        }
        return lines;
    }

    private static void endField(List<String> line, StringBuilder field) {
        line.add(field.toString());
        field.setLength(0);
    }

    private static void endLine(List<List<String>> lines, List<String> line) {
        boolean blank = line.size() == 1 && line.get(0).isEmpty();
        if (!blank) {
            lines.add(List.copyOf(line));
        }
        line.clear();
    }
}
