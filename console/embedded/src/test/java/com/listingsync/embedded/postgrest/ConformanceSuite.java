package com.listingsync.embedded.postgrest;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;

/** Every numbered case of sections A to F, and those of G that answer, in their recorded order: each one meets what the earlier ones left. */
final class ConformanceSuite {
    private final RestClient client;
    private final String jdbcUrl;

    /**
     * @param jdbcUrl the database behind the server, as a superuser
     */
    ConformanceSuite(RestClient client, String jdbcUrl) {
        this.client = client;
        this.jdbcUrl = jdbcUrl;
    }

    Stream<DynamicContainer> sections() {
        return Stream.of(
                section("A. Upsert, success paths", RecordedUpserts.sectionA()),
                section("B. Row keys, columns= and missing=default", RecordedUpserts.sectionB()),
                section("C. One bad row fails the whole batch", RecordedRefusals.sectionC()),
                section("D. Shape and schema errors", RecordedRefusals.sectionD()),
                section("E. Authentication and authorisation", RecordedAccess.sectionE()),
                section("F. Reads, PATCH, DELETE, RPC", RecordedReads.sectionF()),
                section("G. Server-side failures", RecordedReads.sectionG()));
    }

    static void execute(String jdbcUrl, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static String value(String jdbcUrl, String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            assertThat(rows.next()).as(query).isTrue();
            return rows.getString(1);
        }
    }

    private DynamicContainer section(String name, List<RecordedCase> cases) {
        return DynamicContainer.dynamicContainer(
                name,
                cases.stream().map(recorded -> DynamicTest.dynamicTest(recorded.toString(), () -> check(recorded))));
    }

    private void check(RecordedCase recorded) throws Exception {
        RestClient.Reply reply = client.send(recorded);

        SoftAssertions softly = new SoftAssertions();
        softly.assertThat(reply.status())
                .as("status, with body %s", reply.body())
                .isEqualTo(recorded.status);
        recorded.expectedHeaders.forEach(
                (name, value) -> softly.assertThat(reply.header(name)).as(name).isEqualTo(value));
        recorded.absentHeaders.forEach(
                name -> softly.assertThat(reply.header(name)).as(name).isNull());
        if (recorded.code != null) {
            softly.assertThat(reply.code()).as("code").isEqualTo(recorded.code);
        }
        if (recorded.expectedBody != null) {
            softly.assertThat(reply.body()).as("body").isEqualTo(recorded.expectedBody);
        }
        if (recorded.bodyPattern != null) {
            softly.assertThat(reply.body()).as("body").matches(recorded.bodyPattern);
        }
        for (RecordedCase.Effect effect : recorded.effects) {
            softly.assertThat(value(jdbcUrl, effect.query())).as(effect.query()).isEqualTo(effect.value());
        }
        softly.assertAll();
    }
}
