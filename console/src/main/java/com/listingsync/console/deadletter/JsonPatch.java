package com.listingsync.console.deadletter;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.console.shell.CommandFailure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A JSON Patch (RFC 6902), all or nothing. Immutable; failures name paths and never values. */
final class JsonPatch {

    /** One operation; {@code from} and {@code value} are null where the operation has none. */
    private record Step(
            String op,
            JsonPointer path,
            @Nullable JsonPointer from,
            @Nullable JsonNode value) {}

    private final List<Step> steps;

    private JsonPatch(List<Step> steps) {
        this.steps = List.copyOf(steps);
    }

    /**
     * The patch in this array.
     *
     * @throws CommandFailure when an operation is none
     */
    static JsonPatch of(JsonNode array) {
        List<Step> steps = new ArrayList<>();
        for (JsonNode each : array) {
            String op = each.path("op").asText();
            JsonPointer path = pointer(each, "path");
            switch (op) {
                case "add", "replace", "test" -> {
                    if (!each.has("value")) {
                        throw new CommandFailure("the patch's operation '" + op + "' on " + path + " needs a value");
                    }
                    steps.add(new Step(op, path, null, each.get("value")));
                }
                case "remove" -> steps.add(new Step(op, path, null, null));
                case "move", "copy" -> steps.add(new Step(op, path, pointer(each, "from"), null));
                default ->
                    throw new CommandFailure(
                            "a patch's operation is add, remove, replace, move, copy or test; found '" + op + "'");
            }
        }
        return new JsonPatch(steps);
    }

    /**
     * The value after the patch; the one given stays as it is.
     *
     * @throws CommandFailure when an operation does not fit
     */
    JsonNode apply(JsonNode value) {
        JsonNode now = value.deepCopy();
        for (Step step : steps) {
            now = switch (step.op()) {
                case "add" -> added(now, step.path(), given(step));
                case "replace" -> added(removed(now, step.path(), true), step.path(), given(step));
                case "remove" -> removed(now, step.path(), false);
                case "copy" -> added(now, step.path(), at(now, origin(step)).deepCopy());
                case "move" -> moved(now, step);
                default -> tested(now, step);
            };
        }
        return now;
    }

    /** A JSON Merge Patch (RFC 7396): fields are put, null takes a field away, objects are gone into. */
    static JsonNode merged(JsonNode target, JsonNode changes) {
        if (!(changes instanceof ObjectNode fields)) {
            return changes.deepCopy();
        }
        ObjectNode merged = target instanceof ObjectNode object ? object.deepCopy() : fields.objectNode();
        fields.properties().forEach(change -> {
            if (change.getValue().isNull()) {
                merged.remove(change.getKey());
            } else {
                JsonNode before = merged.get(change.getKey());
                merged.set(change.getKey(), merged(before == null ? fields.objectNode() : before, change.getValue()));
            }
        });
        return merged;
    }

    private static JsonNode moved(JsonNode root, Step step) {
        JsonNode value = at(root, origin(step)).deepCopy();
        return added(removed(root, origin(step), false), step.path(), value);
    }

    private static JsonNode tested(JsonNode root, Step step) {
        if (!at(root, step.path()).equals(given(step))) {
            throw new CommandFailure("the patch expects another value at " + step.path() + " than the letter has");
        }
        return root;
    }

    private static JsonNode added(JsonNode root, JsonPointer path, JsonNode value) {
        if (path.matches()) {
            return value;
        }
        JsonNode parent = at(root, path.head());
        String name = path.last().getMatchingProperty();
        if (parent instanceof ObjectNode object) {
            object.set(name, value);
        } else if (parent instanceof ArrayNode array) {
            int index = name.equals("-") ? array.size() : path.last().getMatchingIndex();
            if (index < 0 || index > array.size()) {
                throw missing(path);
            }
            array.insert(index, value);
        } else {
            throw missing(path);
        }
        return root;
    }

    /** @param placeStays leaves an array's place to be filled again, and a whole value to be replaced */
    private static JsonNode removed(JsonNode root, JsonPointer path, boolean placeStays) {
        JsonNode found = at(root, path);
        if (path.matches()) {
            if (placeStays) {
                return found;
            }
            throw new CommandFailure("a patch can't remove the whole value; discard the letter instead");
        }
        JsonNode parent = at(root, path.head());
        if (parent instanceof ObjectNode object) {
            object.remove(path.last().getMatchingProperty());
        } else if (parent instanceof ArrayNode array) {
            array.remove(path.last().getMatchingIndex());
        }
        return root;
    }

    private static JsonNode at(JsonNode root, JsonPointer path) {
        JsonNode found = root.at(path);
        if (found.isMissingNode()) {
            throw missing(path);
        }
        return found;
    }

    private static CommandFailure missing(JsonPointer path) {
        return new CommandFailure("the patch names " + path + ", which the letter's value does not have");
    }

    private static JsonNode given(Step step) {
        if (step.value() == null) {
            throw new IllegalStateException("operation " + step.op() + " has no value");
        }
        return step.value().deepCopy();
    }

    private static JsonPointer origin(Step step) {
        if (step.from() == null) {
            throw new IllegalStateException("operation " + step.op() + " has no origin");
        }
        return step.from();
    }

    private static JsonPointer pointer(JsonNode operation, String field) {
        try {
            return JsonPointer.compile(operation.path(field).asText("?"));
        } catch (IllegalArgumentException e) {
            // What was typed is no pointer: the sentence says what one looks like.
            throw new CommandFailure("a patch's " + field + " is a JSON pointer such as /price or /rooms/0/area");
        }
    }
}
