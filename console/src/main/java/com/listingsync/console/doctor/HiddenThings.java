package com.listingsync.console.doctor;

import com.listingsync.common.mapping.TableLayout;
import java.util.List;
import java.util.stream.Collectors;

/** What no API key can see of a project, with the SQL that shows it. Stateless. */
final class HiddenThings {

    private static final String AREA = "supabase";

    private HiddenThings() {}

    static List<Finding> of(List<TableLayout> layouts) {
        String tables = layouts.stream().map(table -> "'" + table.name() + "'").collect(Collectors.joining(", "));
        return List.of(
                Finding.unseen(
                        AREA,
                        "row-level security",
                        "an API key can't see it; it must be on, or anybody with the anon key reads all",
                        "select relname, relrowsecurity from pg_class where relname in (" + tables + ")"),
                Finding.unseen(
                        AREA,
                        "statement timeout",
                        "an API key can't see it; shorter than 8 s makes batches small",
                        "select rolname, rolconfig from pg_roles where rolname in ('authenticator', 'service_role')"),
                Finding.unseen(
                        AREA,
                        "schema cache",
                        "what is compared above is PostgREST's cache; after a change by hand it may be old",
                        "notify pgrst, 'reload schema'"));
    }
}
