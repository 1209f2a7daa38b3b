package com.listingsync.embedded.postgrest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Checks a JSON body as PostgREST does when the request names no {@code columns=}: the whole of it must be valid, and all objects must
 * have the same keys. Confined to one thread.
 */
final class JsonKeys {
    private static final JsonFactory JSON = new JsonFactory();

    private final JsonParser parser;
    /** Half a surrogate pair in an escape is valid to most parsers and invalid to PostgREST's; only then is every string looked at. */
    private final boolean mayHoldSurrogates;

    private JsonKeys(JsonParser parser, boolean mayHoldSurrogates) {
        this.parser = parser;
        this.mayHoldSurrogates = mayHoldSurrogates;
    }

    /**
     * The keys of the object, or those that all objects of the array share.
     *
     * @return empty if there is no row: a scalar or an empty array
     */
    static Optional<SortedSet<String>> of(byte[] body) {
        try (JsonParser parser = JSON.createParser(body)) {
            checkUtf8(body);
            JsonKeys keys = new JsonKeys(parser, holdsSurrogateEscape(body));
            Optional<SortedSet<String>> found = keys.ofDocument(parser.nextToken());
            if (parser.nextToken() != null) {
                throw Refusals.invalidBody("Empty or invalid json");
            }
            return found;
        } catch (IOException e) {
            // Nothing was written: the client hears PostgREST's one sentence for any broken JSON.
            throw Refusals.invalidBody("Empty or invalid json");
        }
    }

    private Optional<SortedSet<String>> ofDocument(JsonToken first) throws IOException {
        if (first == null) {
            throw Refusals.invalidBody("Empty or invalid json");
        }
        return switch (first) {
            case START_OBJECT -> Optional.of(new TreeSet<>(keysOfObject(List.of())));
            case START_ARRAY -> ofArray();
            default -> {
                checkScalar(first);
                yield Optional.empty();
            }
        };
    }

    private Optional<SortedSet<String>> ofArray() throws IOException {
        List<String> inOrder = null;
        Set<String> expected = Set.of();
        boolean uniform = true;
        for (JsonToken token = next(); token != JsonToken.END_ARRAY; token = next()) {
            if (token != JsonToken.START_OBJECT) {
                uniform = false;
                skip(token);
                continue;
            }
            List<String> keys = keysOfObject(inOrder == null ? List.of() : inOrder);
            if (inOrder == null) {
                inOrder = keys;
                expected = new HashSet<>(keys);
            } else if (keys != inOrder) {
                uniform &= expected.equals(new HashSet<>(keys));
            }
        }
        if (!uniform) {
            throw Refusals.invalidBody("All object keys must match");
        }
        return inOrder == null ? Optional.empty() : Optional.of(new TreeSet<>(expected));
    }

    /** The keys of the current object: the very list given if they come in just that order, which costs nothing. */
    private List<String> keysOfObject(List<String> likely) throws IOException {
        List<String> own = null;
        int position = 0;
        for (JsonToken token = next(); token != JsonToken.END_OBJECT; token = next()) {
            String key = parser.currentName();
            if (own == null
                    && (position >= likely.size() || !likely.get(position).equals(key))) {
                own = new ArrayList<>(likely.subList(0, Math.min(position, likely.size())));
            }
            if (own != null) {
                own.add(key);
            }
            position++;
            skip(next());
        }
        if (own != null) {
            return own;
        }
        return position == likely.size() ? likely : new ArrayList<>(likely.subList(0, position));
    }

    private JsonToken next() throws IOException {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw Refusals.invalidBody("Empty or invalid json");
        }
        return token;
    }

    private void skip(JsonToken token) throws IOException {
        int depth = 0;
        JsonToken current = token;
        while (true) {
            if (current.isStructStart()) {
                depth++;
            } else if (current.isStructEnd()) {
                depth--;
            } else {
                checkScalar(current);
            }
            if (depth == 0) {
                return;
            }
            current = next();
        }
    }

    private void checkScalar(JsonToken token) throws IOException {
        if (mayHoldSurrogates && (token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME)) {
            // An encoder refuses half a pair, which is the check.
            StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(parser.getText()));
        } else if (token == JsonToken.VALUE_STRING) {
            // Jackson reads strings lazily: finish this one, so that a broken escape is found.
            parser.finishToken();
        }
    }

    private static void checkUtf8(byte[] body) throws CharacterCodingException {
        for (byte b : body) {
            if (b < 0) {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
                return;
            }
        }
    }

    private static boolean holdsSurrogateEscape(byte[] body) {
        for (int i = 0; i + 2 < body.length; i++) {
            if (body[i] == '\\' && body[i + 1] == 'u' && (body[i + 2] == 'd' || body[i + 2] == 'D')) {
                return true;
            }
        }
        return false;
    }
}
