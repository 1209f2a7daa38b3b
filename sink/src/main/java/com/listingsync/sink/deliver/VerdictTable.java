package com.listingsync.sink.deliver;

import com.listingsync.sink.deliver.DeliveryVerdict.Delivered;
import com.listingsync.sink.deliver.DeliveryVerdict.Misconfigured;
import com.listingsync.sink.deliver.DeliveryVerdict.Refused;
import com.listingsync.sink.deliver.DeliveryVerdict.RetryLater;
import com.listingsync.sink.deliver.DeliveryVerdict.RetryLater.Load;
import com.listingsync.sink.deliver.DeliveryVerdict.TooLarge;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What every answer means: the one table of the sink. The body's {@code code} decides before the HTTP status does, because
 * PostgREST gives one status to opposite things (a 500 is a statement timeout, or the same key twice in a batch; a 400 is a bad
 * row, or a database that is down). Rows are tried from top to bottom. Pure and thread-safe.
 *
 * <p>docs/verdicts.md shows it to users, and the test tries each line of that page. Sources: postgrest-wire.md; PostgreSQL's appendix of error codes for the classes; facts.md §3
 * for gateways.
 */
final class VerdictTable {

    private static final String KEY = "SUPABASE_SERVICE_ROLE_KEY";
    private static final String SCHEMA_FIX =
            "; apply the sink's migration (supabase db push) or correct SYNC_MAPPING, then: NOTIFY pgrst, 'reload schema'";

    /** One row of the table: answers whose code matches are taken for what {@code verdict} makes of them. */
    private record ByCode(Pattern code, Function<Answer, DeliveryVerdict> verdict) {

        static ByCode of(String code, Function<Answer, DeliveryVerdict> verdict) {
            return new ByCode(Pattern.compile(code), verdict);
        }
    }

    private static final List<ByCode> BY_CODE = List.of(
            // The database has died and its pooled connection has not been told: 400 with an empty code, once per
            // connection.
            ByCode.of("", answer -> away(answer, "the database behind Supabase REST is not there")),
            ByCode.of("PGRST00[0-2]", answer -> away(answer, "Supabase REST can't reach its database")),
            ByCode.of("PGRST003", answer -> overloaded(answer, "Supabase REST has no free database connection")),
            // A lone surrogate or a byte that is not UTF-8 in one row: the whole body can't be read. No SQLSTATE is
            // involved.
            ByCode.of("PGRST102", VerdictTable::refused),
            ByCode.of("PGRST20[0-9]", answer -> misconfigured(answer, "the tables are not as expected", SCHEMA_FIX)),
            ByCode.of("PGRST106", answer -> misconfigured(answer, "the schema is not exposed", SCHEMA_FIX)),
            ByCode.of(
                    "PGRST30[0-9]", answer -> misconfigured(answer, "the key is not accepted", "; set a valid " + KEY)),
            ByCode.of("PGRSTX.*", answer -> away(answer, "Supabase REST failed inside")),
            ByCode.of("PGRST.*", answer -> misconfigured(answer, "Supabase REST does not take our requests", "")),
            // A batch that ran into the statement timeout was rolled back; half of it may fit.
            ByCode.of("57014", answer -> new TooLarge("57014", Optional.empty())),
            // Index row too large, and its kind: a value is too big, however few rows travel with it.
            ByCode.of("54.*", VerdictTable::refused),
            ByCode.of(
                    "25006",
                    answer -> misconfigured(
                            answer,
                            "the database is read-only",
                            "; Supabase does that when the disk is full: enlarge it or free space")),
            ByCode.of("08.*|57.*|58.*|F0.*", answer -> away(answer, "the database is not available")),
            ByCode.of("40.*|53.*|55.*", answer -> overloaded(answer, "the database is too busy or locked")),
            // Plans and prepared statements that a migration or a pooler has made stale heal by themselves.
            ByCode.of("0A000|26000|42P05|XX.*", answer -> away(answer, "the database failed inside")),
            ByCode.of("42501", answer -> misconfigured(answer, "the key's role may not write", rightsFix())),
            // "role … does not exist" comes as 22023 with 401: the key, not a row, is wrong.
            ByCode.of("22.*", answer -> answer.status() == 401 ? wrongRole(answer) : refused(answer)),
            // The same row twice in a batch (500): halving separates them.
            ByCode.of("21000|23.*|44.*", VerdictTable::refused),
            // Raised by somebody's own trigger or function.
            ByCode.of("P0.*|09.*|2[07F].*|38.*|39.*", VerdictTable::refused),
            ByCode.of("28.*|3D.*|3F.*", answer -> misconfigured(answer, "Supabase REST can't enter its database", "")),
            ByCode.of("42.*", answer -> misconfigured(answer, "the tables are not as expected", SCHEMA_FIX)),
            ByCode.of(".*", answer -> away(answer, "the database answered with a code that is not known")));

    private VerdictTable() {}

    /** The verdict on an answer to a write. */
    static DeliveryVerdict of(Answer answer) {
        if (answer.success()) {
            return success(answer);
        }
        if (answer.code().isPresent()) {
            return BY_CODE.get(lineOf(answer.code().get())).verdict().apply(answer);
        }
        return byStatus(answer);
    }

    /** Which line decides on a code, from 0; the last one takes what no other does. */
    static int lineOf(String code) {
        int line = 0;
        while (!BY_CODE.get(line).code().matcher(code).matches()) {
            line++;
        }
        return line;
    }

    /** Lines that decide on codes. */
    static int lines() {
        return BY_CODE.size();
    }

    /** The verdict on an answer to a look at a table, which counts nothing. */
    static DeliveryVerdict ofLook(Answer answer) {
        return answer.success() && !answer.html() ? new Delivered(OptionalInt.empty(), Optional.empty()) : of(answer);
    }

    /** The verdict on an exchange that brought no answer: its outcome is unknown, and repeating it is right either way. */
    static DeliveryVerdict ofFailure(String cause, String words) {
        return new RetryLater(cause, words, Optional.empty(), Load.AWAY);
    }

    /** The verdict on a server whose certificate is not trusted. */
    static DeliveryVerdict ofUntrusted() {
        return new Misconfigured(
                "tls", "the certificate of SUPABASE_URL's host is not trusted; correct the address or the trust store");
    }

    private static DeliveryVerdict success(Answer answer) {
        // PostgREST answers 200 to a body that writes nothing, and so does any web page: only a count proves that rows
        // arrived.
        if (answer.html() || answer.written().isEmpty()) {
            return new Misconfigured(
                    Integer.toString(answer.status()),
                    "SUPABASE_URL answers " + answer.status()
                            + " without counting rows, so it is not Supabase REST; check the address and SUPABASE_REST_PATH");
        }
        return new Delivered(answer.written(), answer.writtenIds());
    }

    /** Answers without a code: gateways, proxies and things that are not PostgREST. */
    private static DeliveryVerdict byStatus(Answer answer) {
        return switch (answer.status()) {
            case 408, 425 -> away(answer, "the gateway gave up waiting");
            case 429 -> overloaded(answer, "the gateway limits our rate");
            case 413 -> new TooLarge("413", Optional.of(tooLargeRow()));
            case 401, 403 -> misconfigured(answer, "the key is not accepted", "; set a valid " + KEY);
            case 402, 540 ->
                misconfigured(answer, "the project is paused or restricted", "; restore it in the Supabase dashboard");
            case 404, 405 ->
                misconfigured(
                        answer,
                        "there is no Supabase REST at this address",
                        "; check SUPABASE_URL and SUPABASE_REST_PATH");
            case 500, 502, 503, 504 -> away(answer, "Supabase or its gateway is not available");
            default -> byStatusClass(answer);
        };
    }

    private static DeliveryVerdict byStatusClass(Answer answer) {
        return switch (answer.status() / 100) {
            case 5 -> away(answer, "Supabase or its gateway is not available");
            case 3 ->
                misconfigured(answer, "SUPABASE_URL answers with a redirect", "; set it to where the redirect leads");
            default ->
                misconfigured(
                        answer,
                        "something before Supabase REST refuses our requests",
                        "; check SUPABASE_URL and proxies");
        };
    }

    private static DeliveryVerdict away(Answer answer, String words) {
        return new RetryLater(cause(answer), named(answer, words), answer.retryAfter(), Load.AWAY);
    }

    private static DeliveryVerdict overloaded(Answer answer, String words) {
        return new RetryLater(cause(answer), named(answer, words), answer.retryAfter(), Load.OVERLOADED);
    }

    private static Refused refused(Answer answer) {
        String code = answer.code().orElseThrow();
        // A trigger's own words may hold anything, so only PostgreSQL's and PostgREST's sentences are passed on.
        boolean known =
                code.startsWith("22") || code.startsWith("23") || code.startsWith("PGRST") || code.equals("21000");
        String message = known ? sentence(answer) : "the database refuses the row";
        return new Refused(
                code, message, known ? RefusalText.column(answer.message()) : Optional.empty(), answer.status());
    }

    /** PostgREST's own sentences name tables and columns and never hold a value; PostgreSQL's do. */
    private static String sentence(Answer answer) {
        return cause(answer).startsWith("PGRST") ? answer.message() : RefusalText.scrub(answer.message());
    }

    private static Refused tooLargeRow() {
        return new Refused("413", "the gateway takes no request as large as this row", Optional.empty(), 413);
    }

    private static DeliveryVerdict wrongRole(Answer answer) {
        return misconfigured(answer, "the key names a role that does not exist", "; set a valid " + KEY);
    }

    private static String rightsFix() {
        return "; " + KEY + " must be the service_role key, and service_role needs its grants (see the migration)";
    }

    private static DeliveryVerdict misconfigured(Answer answer, String words, String fix) {
        String said = answer.code().isPresent() ? sentence(answer) : "";
        return new Misconfigured(cause(answer), named(answer, words) + (said.isEmpty() ? "" : ": " + said) + fix);
    }

    private static String cause(Answer answer) {
        return answer.code().filter(code -> !code.isEmpty()).orElse(Integer.toString(answer.status()));
    }

    private static String named(Answer answer, String words) {
        String code = answer.code().filter(c -> !c.isEmpty()).map(c -> ", " + c).orElse("");
        return words + " (HTTP " + answer.status() + code + ")";
    }
}
