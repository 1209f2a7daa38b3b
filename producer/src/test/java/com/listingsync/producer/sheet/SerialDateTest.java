package com.listingsync.producer.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SerialDateTest {

    private static final ZoneId TORONTO = ZoneId.of("America/Toronto");

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "0, 1899-12-30",
        "1, 1899-12-31",
        "2, 1900-01-01",
        "60, 1900-02-28",
        "61, 1900-03-01",
        "-1, 1899-12-29",
        "25569, 1970-01-01",
        "46348, 2026-11-22",
        "46348.0, 2026-11-22",
        "46348.5729166667, 2026-11-22T13:45:00-05:00",
        "46200.5625, 2026-06-27T13:30:00-04:00",
        "46347.9999999, 2026-11-22",
        "0.5625, 13:30:00",
        "2958465, 9999-12-31"
    })
    void countsDaysFromThe30thOfDecember1899(BigDecimal serial, String day) {
        assertThat(SerialDate.day(serial, TORONTO)).isEqualTo(day);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "46348, 2026-11-22T00:00:00-05:00",
        "46200.5625, 2026-06-27T13:30:00-04:00",
        "0.5625, 1899-12-30T13:30:00-05:00"
    })
    void givesEveryMomentTheOffsetThatItsZoneHadThen(BigDecimal serial, String moment) {
        assertThat(SerialDate.moment(serial, TORONTO)).isEqualTo(moment);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        // 8 March 2026, 2:00 to 3:00 is skipped.
        "46089.0833333333, 2026-03-08T03:00:00-04:00",
        "46089.1041666667, 2026-03-08T03:30:00-04:00",
        "46089.0826388889, 2026-03-08T01:59:00-05:00",
        "46089.125, 2026-03-08T03:00:00-04:00",
        // 1 November 2026, 1:00 to 2:00 comes twice.
        "46327.0625, 2026-11-01T01:30:00-04:00",
        "46327.0833333333, 2026-11-01T02:00:00-05:00"
    })
    void takesTheLaterOfASkippedHourAndTheFirstOfADoubledOne(BigDecimal serial, String moment) {
        assertThat(SerialDate.day(serial, TORONTO)).isEqualTo(moment);
    }

    @Test
    void takesTheZoneOfTheSheetAndNoOther() {
        BigDecimal noon = new BigDecimal("46348.5");

        assertThat(SerialDate.day(noon, ZoneId.of("America/Vancouver"))).isEqualTo("2026-11-22T12:00:00-08:00");
        assertThat(SerialDate.day(noon, ZoneId.of("Asia/Kolkata"))).isEqualTo("2026-11-22T12:00:00+05:30");
    }

    @Test
    void leavesWhatIsNoDateAsItIs() {
        assertThat(SerialDate.day("TBD", TORONTO)).isEqualTo("TBD");
        assertThat(SerialDate.day(true, TORONTO)).isEqualTo(true);
        assertThat(SerialDate.day(new BigDecimal("2958466"), TORONTO)).isEqualTo(new BigDecimal("2958466"));
    }
}
