package com.listingsync.common.mapping;

import java.util.List;
import java.util.Optional;

/** The tables whose rows the processor writes on its own account; no mapping changes them. */
public final class SystemTables {

    /** One row per status change of a listing. */
    public static final TableLayout LISTING_STATUS_HISTORY = new TableLayout(
            "listing_status_history",
            List.of("id"),
            List.of(
                    "id",
                    "listing_key",
                    "from_status",
                    "to_status",
                    "changed_at",
                    "seen_at",
                    "source",
                    "connection",
                    "action",
                    "row_version"),
            Optional.of("row_version"),
            Optional.empty(),
            1);

    /** One row per sync run, in the columns that readers of the former sync know. */
    public static final TableLayout SYNC_STATE = new TableLayout(
            "sync_state",
            List.of("id"),
            List.of(
                    "id",
                    "sync_type",
                    "status",
                    "started_at",
                    "completed_at",
                    "total_items",
                    "success_count",
                    "failed_count",
                    "skipped_count",
                    "error_details",
                    "row_version"),
            Optional.of("row_version"),
            Optional.empty(),
            1);

    /** One row per feed of a sync run. */
    public static final TableLayout SYNC_LOG = new TableLayout(
            "sync_log",
            List.of("id"),
            List.of(
                    "id",
                    "run_id",
                    "connection",
                    "feed",
                    "status",
                    "started_at",
                    "finished_at",
                    "fetched",
                    "skipped",
                    "parked",
                    "written",
                    "unchanged",
                    "refused",
                    "details",
                    "row_version"),
            Optional.of("row_version"),
            Optional.empty(),
            1);

    /** Those about runs, whose rows belong to no listing. */
    public static final List<TableLayout> OF_RUNS = List.of(SYNC_STATE, SYNC_LOG);

    /** All of them. */
    public static final List<TableLayout> ALL = List.of(LISTING_STATUS_HISTORY, SYNC_STATE, SYNC_LOG);

    private SystemTables() {}
}
