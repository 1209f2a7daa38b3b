package com.listingsync.console.up;

import com.listingsync.embedded.mls.MlsOptions;
import com.listingsync.embedded.mls.SampleMls;
import com.listingsync.embedded.sheets.SampleSheets;
import com.listingsync.embedded.sheets.SheetsOptions;
import com.listingsync.embedded.world.SampleWorld;
import com.listingsync.embedded.world.WorldPlan;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The sample MLS and spreadsheet over one world, and what a connections file says of them. Thread-safe. */
final class SampleUpstreams implements AutoCloseable {

    /** How often something happens in the sample world while it lives. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(3);

    private final SampleWorld world;
    private final SampleMls mls;
    private final SampleSheets sheets;

    private SampleUpstreams(SampleWorld world, SampleMls mls, SampleSheets sheets) {
        this.world = world;
        this.mls = mls;
        this.sheets = sheets;
    }

    /**
     * Makes the world and serves it.
     *
     * @param host under which clients reach it; {@code 127.0.0.1} for this machine alone
     */
    static SampleUpstreams start(WorldPlan plan, String host, int mlsPort, int sheetsPort) {
        Parts parts = new Parts();
        try {
            SampleWorld world = parts.add("sample world", SampleWorld.generate(plan));
            SampleMls mls = parts.add(
                    "sample MLS",
                    new SampleMls(world, MlsOptions.defaults().withHost(host).withPort(mlsPort)).start());
            return new SampleUpstreams(
                    world,
                    mls,
                    new SampleSheets(
                                    world,
                                    SheetsOptions.defaults().withHost(host).withPort(sheetsPort))
                            .start());
        } catch (RuntimeException e) {
            // The caller hears why; a half of it is of no use.
            parts.close();
            throw e;
        }
    }

    /** Prices change, listings sell, rows of the sheet are edited from now on. */
    void startLiving() {
        world.startLiving(HEARTBEAT);
    }

    SampleWorld world() {
        return world;
    }

    /** Addresses by name, for people. */
    Map<String, String> addresses() {
        Map<String, String> addresses = new LinkedHashMap<>();
        addresses.put("mls", mls.uri().toString());
        addresses.put("sheets", sheets.uri().toString());
        return addresses;
    }

    /** The variables that {@link #connections()} refers to. */
    Map<String, String> environment() {
        return Map.of(
                "SAMPLE_IDX_TOKEN", mls.idxToken(),
                "SAMPLE_VOW_TOKEN", mls.vowToken(),
                "SAMPLE_SHEETS_ACCOUNT", sheets.serviceAccountJson());
    }

    /** A connections file for the samples that holds no secret; what it refers to is in {@link #environment()}. */
    String connections() {
        return connections(
                "${SAMPLE_IDX_TOKEN}", "${SAMPLE_VOW_TOKEN}", "service_account_json: ${SAMPLE_SHEETS_ACCOUNT}");
    }

    /** A connections file for the samples with the MLS's sample tokens in it and the sheet's account in a file beside it. */
    String connectionsBeside(String accountFile) {
        return connections(mls.idxToken(), mls.vowToken(), "service_account_file: " + accountFile);
    }

    /** The key file of the service account that may read the sample spreadsheet. */
    String sheetsAccount() {
        return sheets.serviceAccountJson();
    }

    /** Polled often, because changes are there to be watched. */
    private String connections(String idxToken, String vowToken, String sheetsAuth) {
        return """
                # Generated at every start for the sample upstreams.
                connections:
                  - name: mls-idx
                    kind: mls
                    profile: reso
                    view: idx
                    url: %1$s
                    auth:
                      token: %5$s
                    feeds:
                      property: {interval: 5s, overlap: 30s}
                      media: {interval: 5s, overlap: 30s}
                      rooms: {interval: 5s, overlap: 30s}
                      openhouse: {interval: 5s, overlap: 30s}
                  - name: mls-vow
                    kind: mls
                    profile: reso
                    view: vow
                    url: %1$s
                    auth:
                      token: %6$s
                    feeds:
                      property: {interval: 5s, overlap: 30s}
                      media: {interval: 5s, overlap: 30s}
                      rooms: {interval: 5s, overlap: 30s}
                      openhouse: {interval: 5s, overlap: 30s}
                  - name: sheet
                    kind: google-sheets
                    spreadsheet_id: %2$s
                    sheets_url: %3$s
                    drive_url: %3$s
                    auth:
                      %7$s
                    interval: 5s
                    tabs:
                      - title: %4$s
                        link: [MLS Number]
                        dates: [Listed On, Last Contact]
                """.formatted(
                        mls.uri(), sheets.spreadsheetId(), sheets.uri(), sheets.tab(), idxToken, vowToken, sheetsAuth);
    }

    @Override
    public void close() {
        sheets.close();
        mls.close();
        world.close();
    }
}
