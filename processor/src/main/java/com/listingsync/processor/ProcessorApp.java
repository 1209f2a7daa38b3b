package com.listingsync.processor;

import com.listingsync.common.event.Entity;
import com.listingsync.common.health.Health;
import com.listingsync.common.health.Service;
import com.listingsync.common.health.ServiceEndpoint;
import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.meter.Meters;
import com.listingsync.common.setting.EnvRecords;
import com.listingsync.common.setting.KafkaSettings;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.common.setting.SettingsInForce;
import com.listingsync.common.signal.SignalFollower;
import com.listingsync.common.topic.KafkaWatch;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.topic.TopicSpec;
import com.listingsync.common.topic.Topics;
import com.listingsync.common.trace.Tracing;
import com.listingsync.processor.topology.KafkaSourceLog;
import com.listingsync.processor.topology.ListingSetup;
import com.listingsync.processor.topology.ListingTopology;
import com.listingsync.processor.topology.ProcessorMeters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;

/** The processor's way in. */
public final class ProcessorApp {

    static final String NAME = "processor";

    private ProcessorApp() {}

    /**
     * Starts the service. While Kafka can't be reached it runs, is not ready, and waits.
     *
     * @param environment settings by variable name
     * @throws SettingsException when a setting, the mapping or a topic is wrong, or there is no native code for the state
     */
    public static Service start(Map<String, String> environment) {
        ProcessorSettings settings = EnvRecords.read(ProcessorSettings.class, environment);
        Map<String, Object> clients = KafkaSettings.clientProperties(environment);
        Mapping mapping = Mapping.load(settings.mapping());
        settings.stateStore().load();
        KafkaWatch kafka = new KafkaWatch(clients, used(settings.kafka().topics()));
        Meters meters = new Meters();
        Tracing tracing = Tracing.of(settings.tracing(), NAME, meters);
        Health health = new Health();
        ServiceEndpoint endpoint = new ServiceEndpoint(
                NAME, settings.endpoint(), SettingsInForce.of(ProcessorSettings.class, environment), health, meters);
        ProcessorMeters processorMeters = new ProcessorMeters(meters);
        Topics topics = settings.kafka().topics();
        ListingTopology topology = new ListingTopology(
                new ListingSetup(
                        topics,
                        mapping,
                        processorMeters,
                        settings.parkingLimit(),
                        settings.runSilence(),
                        KafkaSourceLog.opener(clients, topics),
                        tracing),
                settings.stateStore());
        ProcessorService service = new ProcessorService(
                () -> new KafkaStreams(topology.get(), StreamsProperties.of(settings, clients, processorMeters)),
                settings.named()
                        ? CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP
                        : CloseOptions.GroupMembershipOperation.LEAVE_GROUP,
                new SignalFollower(clients, topics.signals()),
                kafka,
                endpoint,
                health,
                meters,
                tracing);
        try {
            service.start();
            return service;
        } catch (RuntimeException e) {
            // Nothing runs yet; the person who started it sees why.
            service.close();
            throw e;
        }
    }

    private static List<TopicSpec> used(Topics topics) {
        List<TopicSpec> used = new ArrayList<>();
        for (Entity entity : Entity.values()) {
            used.add(topics.source(entity));
        }
        used.add(topics.listingIds());
        used.add(topics.rows());
        used.add(topics.statusChanges());
        used.add(topics.deadLetters(Stage.PROCESSOR));
        used.add(topics.fates());
        used.add(topics.reprocess());
        used.add(topics.outcomes());
        used.add(topics.runs());
        used.add(topics.signals());
        return used;
    }
}
