package com.listingsync.sink.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.listingsync.sink.deliver.DeliveryVerdict.Delivered;
import com.listingsync.sink.deliver.DeliveryVerdict.Misconfigured;
import com.listingsync.sink.deliver.DeliveryVerdict.Refused;
import com.listingsync.sink.deliver.DeliveryVerdict.RetryLater;
import com.listingsync.sink.deliver.DeliveryVerdict.TooLarge;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every answer of postgrest-wire.md that a write can meet, and those of gateways. */
class VerdictTableTest {

    static Stream<Arguments> answers() {
        return Stream.of(
                // postgrest-wire.md A and B
                argumentSet("201 with a count", counted(201, 100), Delivered.class),
                argumentSet("200 with a count", counted(200, 0), Delivered.class),
                argumentSet("200 without a count (44: a scalar body writes nothing)", plain(200), Misconfigured.class),
                argumentSet("17 different keys", code(400, "PGRST102", "All object keys must match"), Refused.class),
                argumentSet(
                        "21 not null",
                        code(400, "23502", "null value in column \"n\" of relation \"g\""),
                        Refused.class),
                // C
                argumentSet("22 bad number", code(400, "22P02", "invalid input syntax"), Refused.class),
                argumentSet("23 bad timestamp", code(400, "22007", "invalid input syntax"), Refused.class),
                argumentSet("24 date out of range", code(400, "22008", "out of range"), Refused.class),
                argumentSet("25 the same key twice, as a 500", code(500, "21000", "second time"), Refused.class),
                argumentSet("28 check", code(400, "23514", "violates check constraint"), Refused.class),
                argumentSet("29 unique", code(409, "23505", "duplicate key"), Refused.class),
                argumentSet("30 foreign key", code(409, "23503", "violates foreign key"), Refused.class),
                argumentSet("31 too long", code(400, "22001", "value too long"), Refused.class),
                argumentSet("32 NUL", code(400, "22P05", "unsupported Unicode"), Refused.class),
                argumentSet(
                        "33, 34, 42 unreadable body", code(400, "PGRST102", "Empty or invalid json"), Refused.class),
                argumentSet("36 integer out of range", code(400, "22003", "out of range"), Refused.class),
                // D
                argumentSet("37, 38, 103 unknown column", code(400, "PGRST204", "Could not find"), Misconfigured.class),
                argumentSet("39, 105 column is gone", code(400, "42703", "does not exist"), Misconfigured.class),
                argumentSet("40 no unique constraint", code(400, "42P10", "there is no"), Misconfigured.class),
                argumentSet("41 unknown table", code(404, "PGRST205", "Could not find"), Misconfigured.class),
                argumentSet("45 content type", code(400, "PGRST102", "Content-Type not acceptable"), Refused.class),
                argumentSet("50 preference", code(400, "PGRST122", "Invalid preferences"), Misconfigured.class),
                argumentSet("table is gone", code(404, "42P01", "does not exist"), Misconfigured.class),
                // E
                argumentSet("53, 54 no right as anon", code(401, "42501", "permission denied"), Misconfigured.class),
                argumentSet("55 wrong signature", code(401, "PGRST301", "No suitable key"), Misconfigured.class),
                argumentSet("60 expired", code(401, "PGRST303", "JWT expired"), Misconfigured.class),
                argumentSet(
                        "63 no such role, a data code", code(401, "22023", "role does not exist"), Misconfigured.class),
                argumentSet("64, 66, 67 no right", code(403, "42501", "permission denied"), Misconfigured.class),
                argumentSet("88 unknown schema", code(406, "PGRST106", "Invalid schema"), Misconfigured.class),
                argumentSet("89 method", code(405, "PGRST117", "Unsupported HTTP method"), Misconfigured.class),
                argumentSet(
                        "JWT secret missing", code(500, "PGRST300", "Server lacks JWT secret"), Misconfigured.class),
                // G
                argumentSet("93, 101 statement timeout", code(500, "57014", "canceling statement"), TooLarge.class),
                argumentSet("94 too many connections", code(503, "53300", "boom"), RetryLater.class),
                argumentSet("95, 102 lock timeout", code(500, "55P03", "lock timeout"), RetryLater.class),
                argumentSet("96 shutdown", code(503, "57P01", "boom"), RetryLater.class),
                argumentSet("97 connection failure", code(503, "08006", "boom"), RetryLater.class),
                argumentSet("98 internal error", code(500, "XX000", "boom"), RetryLater.class),
                argumentSet("99 somebody's trigger", code(400, "P0001", "price 5 too low"), Refused.class),
                argumentSet("100 exclusion", code(400, "23P01", "boom"), Refused.class),
                argumentSet("serialization failure", code(500, "40001", "boom"), RetryLater.class),
                argumentSet("deadlock", code(500, "40P01", "boom"), RetryLater.class),
                // H
                argumentSet("database died, idle connection", code(400, "", ""), RetryLater.class),
                argumentSet("connection lost", code(503, "PGRST001", "Database client error"), RetryLater.class),
                argumentSet("schema not read yet", code(503, "PGRST002", "schema cache"), RetryLater.class),
                argumentSet("no connection free", code(504, "PGRST003", "Timed out"), RetryLater.class),
                // Further codes of PostgreSQL
                argumentSet("disk full", code(500, "53100", "could not extend file"), RetryLater.class),
                argumentSet(
                        "read-only after a full disk",
                        code(405, "25006", "read-only transaction"),
                        Misconfigured.class),
                argumentSet("index row too large", code(500, "54000", "index row size"), Refused.class),
                argumentSet("stale plan after a migration", code(400, "0A000", "cached plan"), RetryLater.class),
                argumentSet(
                        "prepared statement lost by a pooler", code(500, "26000", "does not exist"), RetryLater.class),
                argumentSet("wrong type of column", code(400, "42804", "is of type jsonb"), Misconfigured.class),
                argumentSet("check option of a view", code(400, "44000", "violates check option"), Refused.class),
                argumentSet("password of the database", code(503, "28P01", "password"), Misconfigured.class),
                // Gateways
                argumentSet("no apikey", plain(401), Misconfigured.class),
                argumentSet("forbidden by a firewall", html(403), Misconfigured.class),
                argumentSet("wrong address", html(404), Misconfigured.class),
                argumentSet("a web page", html(200), Misconfigured.class),
                argumentSet("redirect", plain(301), Misconfigured.class),
                argumentSet("payment required", plain(402), Misconfigured.class),
                argumentSet("project paused", plain(540), Misconfigured.class),
                argumentSet("bad request before PostgREST", html(400), Misconfigured.class),
                argumentSet("request timeout", plain(408), RetryLater.class),
                argumentSet("body too large", html(413), TooLarge.class),
                argumentSet("too early", plain(425), RetryLater.class),
                argumentSet("rate limit", plain(429), RetryLater.class),
                argumentSet("bad gateway", html(502), RetryLater.class),
                argumentSet("unavailable", html(503), RetryLater.class),
                argumentSet("gateway timeout", html(504), RetryLater.class),
                argumentSet("origin unreachable", html(522), RetryLater.class),
                argumentSet("internal error of a gateway", plain(500), RetryLater.class));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void takesAnswerFor(Answer answer, Class<? extends DeliveryVerdict> verdict) {
        assertThat(VerdictTable.of(answer)).isInstanceOf(verdict);
    }

    @Test
    void keepsValuesOutOfWhatItPassesOn() {
        Answer badNumber = code(400, "22P02", "invalid input syntax for type numeric: \"1 Secret Street\"");
        Answer badInteger = code(400, "22003", "value \"9\"secret\"9\" is out of range for type integer");
        Answer trigger = code(400, "P0001", "the secret price is too low");

        assertThat(refused(badNumber).message()).isEqualTo("invalid input syntax for type numeric");
        assertThat(refused(badInteger).message()).isEqualTo("value … is out of range for type integer");
        assertThat(refused(trigger).message()).isEqualTo("the database refuses the row");
    }

    @Test
    void namesTheColumnAtFaultWhenTheAnswerDoes() {
        Answer missing = code(
                400, "23502", "null value in column \"city\" of relation \"properties\" violates not-null constraint");

        assertThat(refused(missing).column()).contains("city");
        assertThat(refused(missing).message())
                .isEqualTo("null value in column \"city\" of relation \"properties\" violates not-null constraint");
        assertThat(refused(code(400, "22P02", "invalid input syntax")).column()).isEmpty();
    }

    @Test
    void saysInWordsWhatToDoWhenSomethingIsMisconfigured() {
        assertThat(misconfigured(code(401, "PGRST303", "JWT expired")).words())
                .isEqualTo(
                        "the key is not accepted (HTTP 401, PGRST303): JWT expired; set a valid SUPABASE_SERVICE_ROLE_KEY");
        assertThat(misconfigured(code(400, "PGRST204", "Could not find the 'x' column of 'media' in the schema cache"))
                        .words())
                .contains("'x' column of 'media'", "migration", "NOTIFY pgrst");
        assertThat(misconfigured(html(404)).words()).contains("SUPABASE_URL");
    }

    @Test
    void honoursTheTimeThatAnAnswerAsksFor() {
        Answer limited = new Answer(
                429,
                Optional.empty(),
                "",
                false,
                OptionalInt.empty(),
                Optional.empty(),
                Optional.of(Duration.ofSeconds(7)));
        Answer zero = new Answer(
                503,
                Optional.of("PGRST002"),
                "",
                false,
                OptionalInt.empty(),
                Optional.empty(),
                Optional.of(Duration.ZERO));

        assertThat(((RetryLater) VerdictTable.of(limited)).pause()).contains(Duration.ofSeconds(7));
        assertThat(((RetryLater) VerdictTable.of(zero)).pause()).isEmpty();
    }

    @Test
    void tellsLoadFromAbsence() {
        assertThat(((RetryLater) VerdictTable.of(plain(429))).load()).isEqualTo(RetryLater.Load.OVERLOADED);
        assertThat(((RetryLater) VerdictTable.of(code(504, "PGRST003", ""))).load())
                .isEqualTo(RetryLater.Load.OVERLOADED);
        assertThat(((RetryLater) VerdictTable.of(code(503, "PGRST001", ""))).load())
                .isEqualTo(RetryLater.Load.AWAY);
    }

    @Test
    void refusesASingleRowOnlyWhenItIsTooLargeByItself() {
        assertThat(((TooLarge) VerdictTable.of(html(413))).refusal()).isPresent();
        assertThat(((TooLarge) VerdictTable.of(code(500, "57014", ""))).refusal())
                .isEmpty();
    }

    private static Refused refused(Answer answer) {
        return (Refused) VerdictTable.of(answer);
    }

    private static Misconfigured misconfigured(Answer answer) {
        return (Misconfigured) VerdictTable.of(answer);
    }

    private static Answer counted(int status, int written) {
        return new Answer(
                status, Optional.empty(), "", false, OptionalInt.of(written), Optional.empty(), Optional.empty());
    }

    private static Answer plain(int status) {
        return new Answer(status, Optional.empty(), "", false, OptionalInt.empty(), Optional.empty(), Optional.empty());
    }

    private static Answer html(int status) {
        return new Answer(status, Optional.empty(), "", true, OptionalInt.empty(), Optional.empty(), Optional.empty());
    }

    private static Answer code(int status, String code, String message) {
        return new Answer(
                status, Optional.of(code), message, false, OptionalInt.empty(), Optional.empty(), Optional.empty());
    }
}
