package com.listingsync.sink.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.listingsync.sink.deliver.DeliveryVerdict.Misconfigured;
import com.listingsync.sink.deliver.DeliveryVerdict.Refused;
import com.listingsync.sink.deliver.DeliveryVerdict.RetryLater;
import com.listingsync.sink.deliver.DeliveryVerdict.TooLarge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every answer that docs/verdicts.md shows: those that postgrest-wire.md records for writes, and those of gateways. */
class VerdictTableTest {

    private static final Path PAGE = Path.of("../docs/verdicts.md");

    /** Answer, status, body, what it is taken for, why. */
    private static final Pattern LINE = Pattern.compile(
            "\\| ([^|]+) \\| (\\d{3}|none) \\| ([^|]+) \\| (delivered|retry later|busy|too large|refused|misconfigured) \\|.*");

    static List<Arguments> answers() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .map(line -> argumentSet(
                        line.group(2) + " " + line.group(3) + ": " + line.group(1),
                        line.group(2),
                        line.group(3).replace("`", ""),
                        line.group(4)))
                .map(Arguments.class::cast)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("answers")
    void takesAnAnswerForWhatItsPageSays(String status, String body, String takenFor) {
        DeliveryVerdict verdict =
                status.equals("none") ? ofNoAnswer(body) : VerdictTable.of(answer(Integer.parseInt(status), body));

        assertThat(inWords(verdict)).isEqualTo(takenFor);
    }

    @Test
    void hasNoLineThatItsPageDoesNotShow() throws IOException {
        List<Integer> shown = answers().stream()
                .filter(line -> !line.get()[0].equals("none"))
                .flatMap(line ->
                        answer(Integer.parseInt((String) line.get()[0]), (String) line.get()[1]).code().stream())
                .map(VerdictTable::lineOf)
                .distinct()
                .sorted()
                .toList();

        assertThat(shown)
                .isEqualTo(IntStream.range(0, VerdictTable.lines()).boxed().toList());
    }

    private static DeliveryVerdict ofNoAnswer(String cause) {
        return cause.equals("tls") ? VerdictTable.ofUntrusted() : VerdictTable.ofFailure(cause, "words");
    }

    private static Answer answer(int status, String body) {
        return switch (body) {
            case "count" -> counted(status, 1);
            case "page" -> html(status);
            case "none" -> plain(status);
            case "empty code" -> code(status, "", "");
            default -> code(status, body, "words");
        };
    }

    private static String inWords(DeliveryVerdict verdict) {
        return verdict.fold(
                delivered -> "delivered",
                later -> later.load() == RetryLater.Load.OVERLOADED ? "busy" : "retry later",
                tooLarge -> "too large",
                refused -> "refused",
                wrong -> "misconfigured");
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
