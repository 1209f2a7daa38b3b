package com.listingsync.console.up;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.wire.KeyText;
import com.listingsync.console.dashboard.Browser;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Dead letters on the dashboard: one that is mended, then very many. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class DashboardLettersSpec extends DashboardSpec {

    DashboardLettersSpec(RunningSample sample, Browser browser) {
        super(sample, browser);
    }

    @Test
    @Order(1)
    void explainsARefusedRecordTakesItsMendedValueAndLetsItGo() {
        BadRecords.write(sample.kafka(), "LOOP-1");
        browser.go(console, "letters");
        browser.says("bad-value", "LOOP-1", "1 letter");
        browser.go(console, "");
        browser.press("DeadLettersGrowing");
        browser.says("the processor refuses records: bad-value", "What it means, and what to do");

        browser.go(console, "letters");
        browser.press("property LOOP-1");
        browser.says("A value does not fit", "mls-idx/property", "open");
        assertThat(browser.barriers()).isEmpty();
        browser.onAPhone(() -> assertThat(browser.wider()).isEmpty());
        browser.edit("value", "\"ask\"", "1250000");
        browser.says("+   \"ListPrice\": 1250000");
        browser.picture("letter");
        browser.press("Replay as edited");
        browser.says("Replay it as edited?");
        browser.press("Replay as edited");

        browser.says("It was sent again to listings.source.property", "resolved");
        browser.go(console, "letters");
        browser.says("There is no such dead letter.");
        assertThat(sample.tables().row("select list_price from properties where listing_key = 'LOOP-1'"))
                .containsEntry("list_price", "1250000");
    }

    @Test
    @Order(2)
    void staysSmoothWithFiftyThousandDeadLetters() {
        writeLetters(50_000);

        browser.go(console, "letters");
        browser.says("letters, the newest first", "22003");
        List<Double> steps = browser.scriptWhileScrolling(".long");

        Browser.eventually(() -> assertThat((Long) browser.ask("return document.querySelectorAll('.long li').length"))
                .as("what is in sight is in the page, and nothing else")
                .isBetween(12L, 40L));
        assertThat((Long) browser.ask("return document.querySelector('.long-inner').offsetHeight / 44"))
                .as("letters that came as they were scrolled to")
                .isGreaterThan(250);
        assertThat(steps.get(steps.size() / 2))
                .as("script for a usual step, in ms")
                .isLessThan(8);
    }

    private void writeLetters(int count) {
        try (Producer<byte[], byte[]> producer = sample.kafka().plain()) {
            String topic = sample.kafka().topics().deadLetters(Stage.SINK).name();
            for (int i = 0; i < count; i++) {
                ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                        topic,
                        KeyText.join("L" + i, "properties", "L" + i).getBytes(StandardCharsets.UTF_8),
                        ("{\"listing_key\":\"L" + i + "\",\"list_price\":1e99}").getBytes(StandardCharsets.UTF_8));
                new DeadLetter(
                                Stage.SINK,
                                "22003",
                                "numeric field overflow",
                                Optional.of("list_price"),
                                Optional.of(400),
                                1,
                                Optional.empty(),
                                Optional.of(new DeadLetter.Position(
                                        sample.kafka().topics().rows().name(), 0, 1_000_000L + i)),
                                Instant.now())
                        .write(null, record.headers());
                var unused = producer.send(record);
            }
        }
    }
}
