package com.listingsync.embedded.postgrest;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP request, read completely. Immutable by convention: nobody changes the body.
 *
 * @param method in capitals
 * @param path decoded, starting with a slash
 * @param headers by name in lower case
 */
@SuppressWarnings("ArrayRecordComponent") // Hundreds of kilobytes, handed through and never compared.
record RestRequest(String method, String path, QueryString query, Map<String, List<String>> headers, byte[] body) {
    Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    Preferences preferences() {
        return Preferences.parse(headers.getOrDefault("prefer", List.of())).checked();
    }

    /** The media type of the body without its parameters; JSON if none is named. */
    String contentType() {
        return header("Content-Type").map(RestRequest::mediaType).orElse("application/json");
    }

    /** Whether the answer is to be one object rather than an array; refuses what cannot be produced. */
    boolean wantsObject() {
        String accept = header("Accept").orElse("*/*");
        for (String range : accept.split(",", -1)) {
            switch (mediaType(range)) {
                case "application/vnd.pgrst.object+json", "application/vnd.pgrst.object" -> {
                    return true;
                }
                case "*/*",
                        "application/*",
                        "application/json",
                        "application/vnd.pgrst.array+json",
                        "application/openapi+json" -> {
                    return false;
                }
                default -> {
                    // Not one of ours: the next range may be.
                }
            }
        }
        throw Refusals.mediaType(accept);
    }

    /** The schema that is asked for: the first of the exposed ones when none is named; refuses any other. */
    String schema(List<String> exposed) {
        boolean reads = method.equals("GET") || method.equals("HEAD");
        String schema = header(reads ? "Accept-Profile" : "Content-Profile").orElse(exposed.get(0));
        if (!exposed.contains(schema)) {
            throw Refusals.unknownSchema(schema, exposed);
        }
        return schema;
    }

    List<Filter> filters() {
        return query.others().stream().map(Filter::parse).toList();
    }

    private static String mediaType(String value) {
        int semicolon = value.indexOf(';');
        return (semicolon < 0 ? value : value.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
    }
}
