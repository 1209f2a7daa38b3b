package com.listingsync.embedded.mls;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.embedded.world.Feed;
import com.listingsync.embedded.world.Resource;
import com.listingsync.embedded.world.SampleWorld;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The sample MLS keeps an event log as RESO RCP-27 describes it. */
class EventLogTest {

    private final SampleWorld world = SampleWorld.generate(7, 100, null);
    private final SampleMls mls = new SampleMls(world, MlsOptions.defaults().withMaxPageSize(3)).start();
    private final MlsClient client = new MlsClient(mls, mls.idxToken());
    private final String listing =
            world.records(Resource.PROPERTY, Feed.IDX).get(0).get("ListingKey").asText();

    @AfterEach
    void close() {
        mls.close();
        world.close();
    }

    @Test
    void beginsEmpty() throws IOException {
        assertThat(events("EntityEventSequence ge 0")).isEmpty();
    }

    @Test
    void namesEveryRowThatChangesInOrder() throws IOException {
        world.changePrice(listing, 500_000);
        world.withdrawFromIdx(listing);
        String added = world.announceListing();

        List<String> all = events("EntityEventSequence gt 0");

        assertThat(all).startsWith("1 Property " + listing, "2 Property " + listing);
        assertThat(all).last().isEqualTo(all.size() + " Property " + added);
        assertThat(all).anyMatch(event -> event.contains(" Media "));
        assertThat(all).hasSizeGreaterThan(3);
    }

    @Test
    void canBeAskedByResourceAndPlace() throws IOException {
        world.changePrice(listing, 500_000);
        world.reorderPhotos(listing);
        world.changePrice(listing, 510_000);

        List<String> events = events("ResourceName eq 'Property' and EntityEventSequence ge 2");

        assertThat(events).isNotEmpty().allMatch(event -> event.endsWith(" Property " + listing));
        assertThat(client.get("EntityEvent", "$orderby", "EntityEventSequence desc", "$top", "1")
                        .at("/value/0/ResourceRecordKey")
                        .asText())
                .isEqualTo(listing);
    }

    private List<String> events(String filter) throws IOException {
        return client.follow(client.url("EntityEvent", "$filter", filter, "$orderby", "EntityEventSequence")).stream()
                .map(event -> event.get("EntityEventSequence").asLong() + " "
                        + event.get("ResourceName").asText() + " "
                        + event.get("ResourceRecordKey").asText())
                .toList();
    }
}
