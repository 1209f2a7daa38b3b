package com.listingsync.console.deadletter;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the codes of dead letters mean, and what usually fixes them. The first line that fits decides: our own codes by stage, then
 * PostgreSQL's and PostgREST's, then those of others. Pure.
 */
public final class Causes {

    /**
     * What a code means.
     *
     * @param stage the stage that says so; empty for any
     * @param code the code, or the pattern of a family of codes
     * @param meaning what happened, in a sentence
     * @param fix what usually fixes it, and whether a replay helps
     */
    public record Cause(String stage, String code, String meaning, String fix) {

        /** The document of {@code dlq explain --json} and of the API. */
        public ObjectNode json() {
            return Json.MAPPER
                    .createObjectNode()
                    .put("stage", stage)
                    .put("code", code)
                    .put("meaning", meaning)
                    .put("fix", fix);
        }
    }

    /** A cause and the stages and codes it is about. */
    private record Line(Pattern stage, Pattern code, Cause cause) {}

    private static final String ANY = ".*";

    private static final List<Line> LINES = new ArrayList<>();

    static {
        OwnCauses.all(Causes::line);
        DatabaseCauses.all(Causes::line);
        ForeignCauses.all(Causes::line);
    }

    private Causes() {}

    /** What a line is added with. */
    interface Lines {
        void line(String stage, String code, String shown, String meaning, String fix);
    }

    /** What a stage means by a code; every code gets an answer, {@link #isKnown} tells whether it is more than a guess. */
    public static Cause of(String stage, String code) {
        Line line = found(stage, code);
        return line.cause().code().equals(code)
                ? line.cause()
                : new Cause(
                        line.cause().stage(),
                        code,
                        line.cause().meaning(),
                        line.cause().fix());
    }

    /** Whether there is an explanation for just this code or its family. */
    public static boolean isKnown(String stage, String code) {
        return found(stage, code) != LINES.get(LINES.size() - 1);
    }

    /** What a code means to whoever may have said it: to the stage named, or to each of the three that knows it. */
    public static List<Cause> meanings(@Nullable String stage, String code) {
        if (stage != null) {
            return List.of(of(stage, code));
        }
        List<Cause> meanings = Stream.of(Stage.values())
                .map(Stage::wireName)
                .filter(each -> isKnown(each, code))
                .map(each -> of(each, code))
                .distinct()
                .toList();
        return meanings.isEmpty() ? List.of(of("", code)) : meanings;
    }

    /** The document of {@code dlq explain --json} and of the API. */
    public static ArrayNode json(List<Cause> causes) {
        ArrayNode array = Json.MAPPER.createArrayNode();
        causes.forEach(cause -> array.add(cause.json()));
        return array;
    }

    /** Every explanation there is, in order; the stage that it is for stands before it, empty for any. */
    public static List<Cause> all() {
        return LINES.stream().map(Line::cause).toList();
    }

    private static Line found(String stage, String code) {
        return LINES.stream()
                .filter(line -> line.stage().matcher(stage).matches()
                        && line.code().matcher(code).matches())
                .findFirst()
                .orElseGet(() -> LINES.get(LINES.size() - 1));
    }

    private static void line(String stage, String code, String shown, String meaning, String fix) {
        LINES.add(new Line(
                Pattern.compile(stage.isEmpty() ? ANY : stage),
                Pattern.compile(code),
                new Cause(stage, shown, meaning, fix)));
    }
}
