package com.listingsync.producer.mls;

import com.listingsync.common.event.Entity;
import com.listingsync.producer.connection.MlsFeed;
import com.listingsync.producer.connection.Paging;
import com.listingsync.producer.connection.Polling;
import com.listingsync.producer.connection.Sweeping;
import java.time.Duration;
import java.util.Optional;

/** Feeds as profiles make them. */
final class Feeds {

    private Feeds() {}

    static MlsFeed property(Paging paging) {
        return of(Entity.PROPERTY, paging);
    }

    static MlsFeed of(Entity entity, Paging paging) {
        boolean media = entity == Entity.MEDIA;
        return new MlsFeed(
                entity,
                media ? "Media" : entity == Entity.ROOMS ? "PropertyRooms" : "Property",
                media ? "MediaKey" : entity == Entity.ROOMS ? "RoomKey" : "ListingKey",
                media ? "MediaModificationTimestamp" : "ModificationTimestamp",
                paging,
                100,
                new Polling(Duration.ofMinutes(15), Duration.ofMinutes(1)),
                Duration.ofMinutes(10),
                Optional.empty(),
                new Sweeping(Optional.empty(), Duration.ofHours(24), 0.1, 10_000));
    }
}
