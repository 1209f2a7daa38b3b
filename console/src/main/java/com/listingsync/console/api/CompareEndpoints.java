package com.listingsync.console.api;

import com.listingsync.common.mapping.Mapping;
import com.listingsync.console.api.Job.Kind;
import com.listingsync.console.audit.Actor;
import com.listingsync.console.compare.CompareHtml;
import com.listingsync.console.compare.CompareReport;
import com.listingsync.console.compare.CompareRequest;
import com.listingsync.console.compare.CompareText;
import com.listingsync.console.compare.OldSide;
import com.listingsync.console.compare.ProjectComparison;
import com.listingsync.console.http.Problem;
import com.listingsync.console.http.Reply;
import com.listingsync.console.replay.ReplayTarget;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** An older sync's tables against ours: tables of the same project, or of one that the settings name. Thread-safe. */
final class CompareEndpoints {

    private static final int EXAMPLES = 5;
    private static final int PAGES_KEPT = 10;

    private final Map<String, String> environment;
    private final NamedProjects projects;
    private final JobDesk jobs;
    private final Clock clock;
    private final Map<String, CompareReport> reports = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, CompareReport> eldest) {
            return size() > PAGES_KEPT;
        }
    };

    /** @param environment names the project that the sink writes to */
    CompareEndpoints(Map<String, String> environment, NamedProjects projects, JobDesk jobs, Clock clock) {
        this.environment = Map.copyOf(environment);
        this.projects = projects;
        this.jobs = jobs;
        this.clock = clock;
    }

    Map<String, Endpoint> all() {
        return Map.of("startCompare", this::start, "getCompareReport", this::page);
    }

    private Reply start(ApiCall call) {
        if (environment.getOrDefault("SUPABASE_URL", "").isBlank()) {
            throw Problem.of(503, SupabaseView.NOT_NAMED);
        }
        Set<String> left = new HashSet<>(CompareRequest.USUALLY_IGNORED);
        left.addAll(call.list("ignore"));
        CompareRequest request = new CompareRequest(
                call.list("tables"),
                call.list("key"),
                call.list("columns"),
                NamedValues.of(call.list("map")),
                left,
                call.body().path("sample").asInt(0),
                call.body().path("show").asInt(EXAMPLES),
                call.flag("hideValues"));
        Mapping mapping = Mapping.inForce(environment);
        ProjectComparison comparison = new ProjectComparison(environment, old(call), mapping, request, clock);
        return JobEndpoints.begun(jobs.start(
                Kind.COMPARE, Actor.ofApiKey(call.caller().name()).name(), job -> {
                    job.counting(comparison::read);
                    CompareReport report = comparison.work(job::mustStop);
                    synchronized (reports) {
                        reports.put(job.id(), report);
                    }
                    return CompareText.json(report).put("same", report.isSame());
                }));
    }

    private OldSide old(ApiCall call) {
        String schema = call.given("schema").orElse("");
        if (call.body().has("against") == call.body().has("target")) {
            throw Problem.of(
                    400,
                    "expected either 'against', a table or schema of the same project, or 'target', another project");
        }
        if (call.body().has("against")) {
            return OldSide.of(call.body().path("against").asText(), new OldSide.Entry("", "", "", schema), environment);
        }
        ReplayTarget project = projects.project(call.body().path("target").asText());
        return OldSide.of(
                project.url(),
                new OldSide.Entry("SUPABASE_SERVICE_ROLE_KEY", "", project.restPath(), schema),
                project.environment(environment));
    }

    /** A file rather than a page of ours: its styles stand in it, which our own pages do not allow. */
    private Reply page(ApiCall call) {
        CompareReport report;
        synchronized (reports) {
            report = reports.get(call.text("job"));
        }
        if (report == null) {
            throw Problem.of(404, "there is no comparison of this name that has come to a result");
        }
        return new Reply.Whole(
                200,
                Map.of(
                        "content-type",
                        "text/html; charset=utf-8",
                        "content-disposition",
                        "attachment; filename=\"compare-" + call.text("job") + ".html\"",
                        "cache-control",
                        "no-store"),
                CompareHtml.of(report).getBytes(StandardCharsets.UTF_8));
    }
}
