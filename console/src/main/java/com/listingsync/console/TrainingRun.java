package com.listingsync.console;

import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.setting.EnvRecords;
import com.listingsync.console.command.CommandTree;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.shell.Keyboard;
import com.listingsync.console.shell.Shell;
import com.listingsync.console.shell.StopSignal;
import com.listingsync.console.shell.Terminal;
import com.listingsync.sink.deliver.SupabaseSettings;
import com.listingsync.sink.deliver.TableAccess;
import com.listingsync.sink.deliver.TableAccess.AwayException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * The training run of the class archive: loads what a short command loads, and does nothing. The launcher runs it once a build, and a
 * command that asks Kafka and Supabase then starts in three quarters of the time. Talks to a port of this machine on which nobody listens.
 */
public final class TrainingRun {

    /** A port that is reserved, and never served. */
    private static final String NOWHERE = "127.0.0.1:1";

    private static final Duration MOMENT = Duration.ofMillis(300);

    private TrainingRun() {}

    public static void main(String[] arguments) {
        commandLine();
        kafka();
        supabase();
    }

    private static void commandLine() {
        Shell shell = new Shell(
                Map.of(),
                new PrintWriter(Writer.nullWriter()),
                new PrintWriter(Writer.nullWriter()),
                Terminal.of(Map.of(), System.getProperties()),
                Clock.systemUTC(),
                new StopSignal(),
                Keyboard.ofThisProcess(System.getProperties()));
        CommandTree.of(shell).execute("--help");
    }

    private static void kafka() {
        KafkaAccess access = KafkaAccess.of(Map.of("KAFKA_BOOTSTRAP_SERVERS", NOWHERE));
        List<TopicPartition> somewhere =
                List.of(new TopicPartition(access.topics().rows().name(), 0));
        try (Consumer<byte[], ByteBuffer> consumer = access.scanner();
                Admin admin = access.admin()) {
            consumer.assign(somewhere);
            consumer.seekToBeginning(somewhere);
            var unused = admin.listConsumerGroupOffsets("nobody");
            consumer.poll(MOMENT);
            admin.close(Duration.ZERO);
        }
    }

    private static void supabase() {
        Mapping.standard();
        SupabaseSettings settings = EnvRecords.read(
                SupabaseSettings.class,
                Map.of("SUPABASE_URL", "http://" + NOWHERE, "SUPABASE_SERVICE_ROLE_KEY", "none"));
        try (TableAccess tables = new TableAccess(settings)) {
            tables.select("nothing", Map.of("limit", "1"));
        } catch (AwayException e) {
            // As it must be: nobody is there. What it takes to ask has been loaded.
            return;
        }
    }
}
