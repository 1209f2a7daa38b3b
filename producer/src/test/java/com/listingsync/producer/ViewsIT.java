package com.listingsync.producer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.command.SyncCommand.Sweep;
import com.listingsync.common.event.Entity;
import com.listingsync.common.wire.SourceKey;
import com.listingsync.embedded.mls.MlsOptions;
import com.listingsync.embedded.mls.SampleMls;
import com.listingsync.embedded.world.Feed;
import com.listingsync.embedded.world.Resource;
import com.listingsync.embedded.world.SampleWorld;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** IDX and VOW of one MLS: each says for itself what it has, and a listing that leaves one stays in the other. */
class ViewsIT {

    @TempDir
    Path folder;

    private SampleWorld world;
    private SampleMls mls;
    private Producing producing;
    private String listing;

    @BeforeEach
    void start() {
        world = SampleWorld.generate(11, 60, null);
        mls = new SampleMls(world, MlsOptions.defaults()).start();
        List<ObjectNode> shown = world.records(Resource.PROPERTY, Feed.IDX);
        listing = shown.get(0).get("ListingKey").asText();
        producing = new Producing(Broker.withTopics(), folder, yaml(""));
    }

    @AfterEach
    void stop() {
        producing.close();
        mls.close();
        world.close();
    }

    @Test
    void deleteForThemselvesWhatASweepMissed() {
        producing.start();
        readBoth("r1");
        world.withdrawFromIdx(listing);

        for (int i = 0; i < 2; i++) {
            producing.sweep("idx-" + i, "idx", Sweep.SWEEP, "property", "rooms");
            producing.sweep("vow-" + i, "vow", Sweep.SWEEP, "property", "rooms");
        }

        assertThat(deletes(Entity.PROPERTY)).containsExactly(SourceKey.ofListing(listing, "idx"));
        assertThat(deletes(Entity.ROOMS))
                .isNotEmpty()
                .allSatisfy(key -> assertThat(key.connection()).isEqualTo("idx"))
                .allSatisfy(key -> assertThat(key.listing()).isEqualTo(listing));
    }

    @Test
    void deleteForThemselvesWhatAnEventNames() {
        producing.connections(yaml("events: EntityEvent"));
        producing.start();
        readBoth("r1");
        world.withdrawFromIdx(listing);

        readBoth("r2");

        assertThat(deletes(Entity.PROPERTY)).containsExactly(SourceKey.ofListing(listing, "idx"));
    }

    private void readBoth(String run) {
        producing.sync(run + "-idx", "idx", "property", "rooms");
        producing.sync(run + "-vow", "vow", "property", "rooms");
    }

    private List<SourceKey> deletes(Entity entity) {
        return producing.emitted(entity).stream()
                .filter(record -> record.isDelete()
                        && record.event().origin().run().orElse("").matches("(idx|vow|r2)-.*"))
                .map(Producing.Emitted::place)
                .toList();
    }

    private String yaml(String more) {
        return """
                connections:
                  - {name: idx, kind: mls, profile: ampre, view: idx, url: "%1$s", auth: {token: %2$s}, %4$s
                     feeds: {property: {sweep_grace: 0s}, rooms: {sweep_grace: 0s}}}
                  - {name: vow, kind: mls, profile: ampre, view: vow, url: "%1$s", auth: {token: %3$s}, %4$s
                     feeds: {property: {sweep_grace: 0s}, rooms: {sweep_grace: 0s}}}
                """.formatted(mls.uri(), mls.idxToken(), mls.vowToken(), more.isEmpty() ? "" : more + ",");
    }
}
