package com.listingsync.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.listingsync.common.event.Entity;
import com.listingsync.embedded.kafka.KafkaInContainer;
import com.listingsync.embedded.mls.MlsOptions;
import com.listingsync.embedded.mls.SampleMls;
import com.listingsync.embedded.world.Feed;
import com.listingsync.embedded.world.Resource;
import com.listingsync.embedded.world.SampleWorld;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.kafka.KafkaContainer;

/** The producer against the broker image that deployments use; skipped where Docker or the image is not to be had. */
class ContainerBrokerIT {

    @TempDir
    Path folder;

    @Test
    void bringsEveryProperty() {
        try (KafkaContainer kafka = started();
                SampleWorld world = SampleWorld.generate(3, 50, null);
                SampleMls mls = new SampleMls(world, MlsOptions.defaults()).start();
                Producing producing =
                        new Producing(Broker.withTopics(kafka.getBootstrapServers()), folder, """
                        connections:
                          - name: idx
                            kind: mls
                            profile: reso
                            url: %s
                            auth: {token: %s}
                            feeds: {property: {}}
                        """.formatted(
                                        mls.uri(), mls.idxToken()))) {
            producing.start();

            producing.sync("r1", "idx", "property");

            assertThat(producing.emitted(Entity.PROPERTY)).hasSameSizeAs(world.records(Resource.PROPERTY, Feed.IDX));
        }
    }

    private static KafkaContainer started() {
        try {
            return KafkaInContainer.start();
        } catch (KafkaInContainer.UnavailableException e) {
            return abort(e.getMessage());
        }
    }
}
