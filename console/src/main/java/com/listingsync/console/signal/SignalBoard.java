package com.listingsync.console.signal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.command.ConnectionCard;
import com.listingsync.common.command.ConnectionCard.FeedCard;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.common.signal.Signal;
import com.listingsync.common.signal.SignalTarget;
import com.listingsync.common.signal.Signals;
import com.listingsync.common.wire.Json;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.kafka.LatestRecords;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** What is paused, read from and written to {@code sync.signals}. Immutable. */
public final class SignalBoard {

    private final KafkaAccess access;

    public SignalBoard(KafkaAccess access) {
        this.access = access;
    }

    /**
     * What stands now.
     *
     * @throws KafkaException when Kafka can't be read
     */
    public Signals read() {
        Signals signals = Signals.NONE;
        for (byte[] value : LatestRecords.of(access, access.topics().signals()).values()) {
            signals = signals.plus(Signal.of(value));
        }
        return signals;
    }

    /**
     * Says it to all services; returns when Kafka has it. The caller writes down who wanted it.
     *
     * @param at when, in milliseconds since 1970
     * @throws SettingsException when no producer has a connection or feed of this name
     * @throws KafkaException when Kafka does not take it; nothing changes then
     */
    public SignalResult send(SignalRequest request, long at) {
        Signals before = read();
        // What is paused can be resumed, even if its producer has forgotten it.
        if (before.holding(request.target()).isEmpty()) {
            requireKnown(request.target());
        }
        Signal signal = request.at(at);
        write(request.target(), signal);
        return new SignalResult(
                signal,
                Optional.ofNullable(before.latest().get(signal.target())),
                before.without(signal.target()).paused());
    }

    /** {@code target, paused, by, why, at}. */
    public static ObjectNode json(Signal signal) {
        return Json.MAPPER
                .createObjectNode()
                .put("target", signal.target())
                .put("paused", signal.paused())
                .put("by", signal.by())
                .put("why", signal.why())
                .put("at", signal.at());
    }

    private void write(SignalTarget target, Signal signal) {
        try (Producer<byte[], byte[]> producer = access.plain()) {
            producer.send(new ProducerRecord<>(access.topics().signals().name(), target.bytes(), signal.bytes()))
                    .get();
        } catch (InterruptedException e) {
            // Whether Kafka has it is not known; the person looks, or says it again.
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while the signal was sent", e);
        } catch (ExecutionException e) {
            throw new KafkaException("the signal could not be sent", e.getCause());
        }
    }

    private void requireKnown(SignalTarget target) {
        if (target.names().isEmpty()) {
            return;
        }
        List<ConnectionCard> cards = LatestRecords.of(access, access.topics().connections()).values().stream()
                .map(ConnectionCard::of)
                .toList();
        boolean known = cards.stream()
                .filter(card -> card.name().equals(target.names().get(0)))
                .anyMatch(card -> target.kind() == SignalTarget.Kind.CONNECTION
                        || card.feeds().stream()
                                .map(FeedCard::name)
                                .anyMatch(target.names().get(1)::equals));
        if (!known) {
            throw new SettingsException("no producer has " + target.words() + "; there are "
                    + String.join(", ", names(cards, target.kind())));
        }
    }

    private static List<String> names(List<ConnectionCard> cards, SignalTarget.Kind kind) {
        if (kind == SignalTarget.Kind.CONNECTION) {
            return cards.stream().map(ConnectionCard::name).toList();
        }
        return cards.stream()
                .flatMap(card -> card.feeds().stream().map(feed -> card.name() + "/" + feed.name()))
                .toList();
    }
}
