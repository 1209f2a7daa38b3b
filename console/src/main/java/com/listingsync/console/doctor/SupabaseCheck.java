package com.listingsync.console.doctor;

import com.listingsync.common.mapping.TableLayout;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The Supabase project: address, key, gateway, clock, tables and columns, row guards; and what no API key can see, with how to
 * look at it.
 *
 * @param rest the project
 * @param layouts the tables that rows are written to
 * @param clock this machine's
 */
record SupabaseCheck(RestLook rest, List<TableLayout> layouts, Clock clock) implements Check {

    private static final String AREA = "supabase";
    private static final Duration SKEW = Duration.ofSeconds(60);

    @Override
    public List<Finding> look() throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        try {
            HttpResponse<String> root = rest.get("");
            if (!entered(root, findings)) {
                return findings;
            }
            skew(root, findings);
            new SchemaDrift(layouts).look(root.body(), findings);
            for (TableLayout layout : layouts) {
                new GuardProbe(rest, layout).look(findings);
            }
            findings.addAll(HiddenThings.of(layouts));
        } catch (IOException e) {
            // Nothing else can be asked either.
            findings.add(Finding.bad(
                    AREA,
                    "address",
                    rest.host() + " does not answer (" + e.getClass().getSimpleName() + ")",
                    "check SUPABASE_URL, the network, and whether the project is paused in the dashboard"));
        }
        return findings;
    }

    private boolean entered(HttpResponse<String> root, List<Finding> findings) {
        int status = root.statusCode();
        if (status == 200) {
            findings.add(Finding.good(
                    AREA,
                    "address",
                    rest.host() + " answers"
                            + root.headers()
                                    .firstValue("Server")
                                    .map(server -> ", behind " + server)
                                    .orElse("")));
            findings.add(Finding.good(AREA, "key", "accepted"));
            return true;
        }
        if (status == 401 || status == 403) {
            findings.add(Finding.bad(
                    AREA,
                    "key",
                    "not accepted (HTTP " + status + ")",
                    "take the service_role (secret) key of this very project into SUPABASE_SERVICE_ROLE_KEY"));
        } else if (status >= 500) {
            findings.add(Finding.bad(
                    AREA,
                    "gateway",
                    "the project answers HTTP " + status,
                    "look at the project in the dashboard; after an outage PostgREST needs some seconds"));
        } else {
            findings.add(Finding.bad(
                    AREA,
                    "address",
                    "expected Supabase REST, found HTTP " + status,
                    "check SUPABASE_URL and SUPABASE_REST_PATH"));
        }
        return false;
    }

    private void skew(HttpResponse<String> root, List<Finding> findings) {
        Optional<String> date = root.headers().firstValue("Date");
        if (date.isEmpty()) {
            return;
        }
        try {
            Instant there = DateTimeFormatter.RFC_1123_DATE_TIME.parse(date.get(), Instant::from);
            Duration apart = Duration.between(there, clock.instant()).abs();
            findings.add(
                    apart.compareTo(SKEW) <= 0
                            ? Finding.good(
                                    AREA,
                                    "clock",
                                    "no more than " + Math.max(1, apart.toSeconds()) + " s apart from this machine's")
                            : Finding.bad(
                                    AREA,
                                    "clock",
                                    apart.toSeconds() + " s apart from this machine's",
                                    "let the machine set its clock by NTP: tokens expire by it, and times are told by"
                                            + " it"));
        } catch (DateTimeParseException e) {
            // A header that is no date tells nothing.
            findings.add(Finding.unseen(AREA, "clock", "the Date header is no date", "compare the clocks by hand"));
        }
    }
}
