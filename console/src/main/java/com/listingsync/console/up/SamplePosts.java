package com.listingsync.console.up;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.console.shell.CommandFailure;
import com.listingsync.embedded.social.SampleSocial;
import com.listingsync.embedded.world.Feed;
import com.listingsync.embedded.world.Resource;
import com.listingsync.embedded.world.SampleWorld;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Posts about sample listings, as an app would have made them: rows of {@code listing_posts}, and posts that are up at the
 * sample platforms. Confined to one thread.
 */
final class SamplePosts {

    private static final String PAGE = "104523";
    private static final long FIRST_ID = 122_000_000_000_000_000L;

    private final String jdbcUrl;

    SamplePosts(String jdbcUrl) {
        this.jdbcUrl = jdbcUrl;
    }

    /** Posts every active listing if nothing was ever posted, and puts up what is published as far as the rows say. */
    void putUp(SampleSocial social, SampleWorld world) {
        try (Connection database = DriverManager.getConnection(jdbcUrl)) {
            if (isEmpty(database)) {
                post(database, world);
            }
            social.publish(published(database));
        } catch (SQLException e) {
            // The sample is of no use without them; the person sees what the database says.
            throw new CommandFailure("sample posts can't be written: " + e.getMessage());
        }
    }

    private static boolean isEmpty(Connection database) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet any = statement.executeQuery("select 1 from public.listing_posts limit 1")) {
            return !any.next();
        }
    }

    private static void post(Connection database, SampleWorld world) throws SQLException {
        try (PreparedStatement insert = database.prepareStatement(
                "insert into public.listing_posts (listing_key, platform, external_id, owner) values (?, ?, ?, 'sample')")) {
            long id = FIRST_ID;
            for (ObjectNode listing : world.records(Resource.PROPERTY, Feed.IDX)) {
                if (listing.path("StandardStatus").asText().equals("Active")) {
                    String key = listing.path("ListingKey").asText();
                    add(insert, key, "facebook", PAGE + "_" + ++id);
                    add(insert, key, "instagram", Long.toString(++id));
                    add(insert, key, "linkedin", "urn:li:share:" + ++id);
                }
            }
            insert.executeBatch();
        }
    }

    private static void add(PreparedStatement insert, String listing, String platform, String id) throws SQLException {
        insert.setString(1, listing);
        insert.setString(2, platform);
        insert.setString(3, id);
        insert.addBatch();
    }

    private static List<String> published(Connection database) throws SQLException {
        List<String> ids = new ArrayList<>();
        try (Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select external_id from public.listing_posts where status <> 'unpublished'")) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        }
        return ids;
    }
}
