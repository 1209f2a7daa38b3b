package com.listingsync.console.up;

import com.listingsync.embedded.mls.MlsOptions;
import com.listingsync.embedded.mls.SampleMls;
import com.listingsync.embedded.sheets.SampleSheets;
import com.listingsync.embedded.sheets.SheetsOptions;
import com.listingsync.embedded.social.SampleSocial;
import com.listingsync.embedded.world.SampleWorld;
import com.listingsync.embedded.world.WorldPlan;
import java.net.URI;
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

    SampleMls mls() {
        return mls;
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

    /** The key file of the service account that may read the sample spreadsheet. */
    String sheetsAccount() {
        return sheets.serviceAccountJson();
    }

    /**
     * A connections file for the samples; polled often, because changes are there to be watched.
     *
     * @param accountFile path of a file with {@link #sheetsAccount()}, absolute or beside the connections file
     */
    String connections(String accountFile) {
        return """
                # Generated at every start for the sample upstreams.
                connections:
                  - name: mls-idx
                    owner: sample
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
                    owner: sample
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
                    owner: sample
                    kind: google-sheets
                    spreadsheet_id: %2$s
                    sheets_url: %3$s
                    drive_url: %3$s
                    auth:
                      service_account_file: %7$s
                    interval: 5s
                    tabs:
                      - title: %4$s
                        link: [MLS Number]
                        dates: [Listed On, Last Contact]
                """.formatted(
                        mls.uri(),
                        sheets.spreadsheetId(),
                        sheets.uri(),
                        sheets.tab(),
                        mls.idxToken(),
                        mls.vowToken(),
                        accountFile);
    }

    /** The owner of everything here, with accounts at sample platforms; goes behind {@link #connections}. */
    static String owners(URI social) {
        return """
                owners:
                  - name: sample
                    facebook: {url: "%1$s", token: %2$s}
                    instagram: {url: "%1$s", token: %2$s}
                    linkedin: {url: "%1$s", token: %2$s}
                """.formatted(social, SampleSocial.TOKEN);
    }

    @Override
    public void close() {
        sheets.close();
        mls.close();
        world.close();
    }
}
