package com.listingsync.sink.post;

import com.listingsync.sink.lane.Attempt.Trouble;
import com.listingsync.sink.post.PlatformVerdict.Fault;
import com.listingsync.sink.post.PlatformVerdict.Later;
import com.listingsync.sink.post.PlatformVerdict.Refused;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Rows of a verdict table, tried from top to bottom. Immutable. */
record VerdictRows(List<Row> rows) {

    VerdictRows {
        rows = List.copyOf(rows);
    }

    /**
     * One row.
     *
     * @param matches which answers it is about
     * @param verdict what they mean
     */
    record Row(Predicate<PlatformAnswer> matches, Function<PlatformAnswer, PlatformVerdict> verdict) {}

    /** The verdict of the first row that matches; the last one matches everything. */
    PlatformVerdict of(PlatformAnswer answer) {
        return rows.stream()
                .filter(row -> row.matches().test(answer))
                .findFirst()
                .orElseThrow()
                .verdict()
                .apply(answer);
    }

    static Row when(Predicate<PlatformAnswer> matches, Function<PlatformAnswer, PlatformVerdict> verdict) {
        return new Row(matches, verdict);
    }

    static Predicate<PlatformAnswer> status(int... statuses) {
        return answer -> contains(statuses, answer.status());
    }

    static Predicate<PlatformAnswer> code(int... codes) {
        return answer ->
                answer.code().isPresent() && contains(codes, answer.code().getAsInt());
    }

    static Predicate<PlatformAnswer> codeWithin(int first, int last) {
        return answer -> answer.code().isPresent()
                && answer.code().getAsInt() >= first
                && answer.code().getAsInt() <= last;
    }

    static Function<PlatformAnswer, PlatformVerdict> away(String words) {
        return answer -> new Later(answer.cause(), said(words, answer), answer.pause(), Trouble.AWAY);
    }

    static Function<PlatformAnswer, PlatformVerdict> busy(String words) {
        return answer -> new Later(answer.cause(), said(words, answer), answer.pause(), Trouble.BUSY);
    }

    static Function<PlatformAnswer, PlatformVerdict> refused(Fault fault, String words) {
        return answer -> new Refused(answer.cause(), said(words, answer), answer.status(), fault);
    }

    private static String said(String words, PlatformAnswer answer) {
        return words + " (" + answer.inWords() + ")";
    }

    private static boolean contains(int[] values, int value) {
        for (int each : values) {
            if (each == value) {
                return true;
            }
        }
        return false;
    }
}
