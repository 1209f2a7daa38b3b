package com.listingsync.producer.mls;

import com.listingsync.common.event.Entity;
import com.listingsync.common.run.FeedName;
import com.listingsync.producer.connection.Connection;
import com.listingsync.producer.connection.MlsAccount;
import com.listingsync.producer.publish.KafkaAccess;
import com.listingsync.producer.source.ConnectionReader;
import com.listingsync.producer.source.FeedThreads;
import com.listingsync.producer.source.Pass;
import com.listingsync.producer.source.SourceMeters;
import com.listingsync.producer.upstream.UpstreamHttp;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the feeds of one MLS account, side by side. */
public final class MlsReader implements ConnectionReader {

    private final UpstreamHttp http;
    private final FeedThreads threads;
    private final List<FeedReading> feeds;

    /**
     * @param http requests of this connection; closed with the reader
     */
    public MlsReader(
            Connection connection,
            MlsAccount account,
            UpstreamHttp http,
            KafkaAccess kafka,
            SourceMeters meters,
            Clock clock) {
        this.http = http;
        this.threads = new FeedThreads(connection.name());
        this.feeds = account.feeds().stream()
                .map(feed -> new FeedReading(
                        new FeedName(connection.name(), feed.name()),
                        connection.view(),
                        account,
                        feed,
                        new FeedReading.Means(http, kafka, meters, clock, threads)))
                .toList();
    }

    @Override
    public void open() throws InterruptedException {
        threads.callAll(byName(feeds), reading -> {
            reading.open();
            return true;
        });
    }

    @Override
    public Map<String, Optional<String>> run(Pass pass) throws InterruptedException {
        List<FeedReading> wanted = feeds.stream()
                .filter(feed -> pass.feeds().contains(feed.name()))
                .toList();
        return threads.callAll(byName(wanted), feed -> feed.read(pass));
    }

    @Override
    public boolean parentsUnread() {
        return feeds.stream().anyMatch(feed -> feed.entity() == Entity.PROPERTY && !feed.everComplete());
    }

    @Override
    public Optional<String> standing(String feed) {
        return feeds.stream().filter(one -> one.name().equals(feed)).findFirst().flatMap(FeedReading::standing);
    }

    @Override
    public void interruptRequests() {
        http.close();
    }

    @Override
    public void close() {
        threads.close();
        feeds.forEach(FeedReading::close);
        http.close();
    }

    private static Map<String, FeedReading> byName(List<FeedReading> feeds) {
        Map<String, FeedReading> named = new LinkedHashMap<>();
        feeds.forEach(feed -> named.put(feed.name(), feed));
        return named;
    }
}
