package com.listingsync.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.mapping.Mapping;
import com.listingsync.console.api.Job.Kind;
import com.listingsync.console.audit.Actor;
import com.listingsync.console.audit.AuditEntry;
import com.listingsync.console.audit.AuditTrail;
import com.listingsync.console.http.Problem;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.run.Catalogue;
import com.listingsync.console.shell.StopSignal;
import com.listingsync.console.verify.LastProof;
import com.listingsync.console.verify.Repair;
import com.listingsync.console.verify.SourceCheck;
import com.listingsync.console.verify.Verification;
import com.listingsync.console.verify.VerifyReport;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** Compares Supabase with the log, and the log with its sources, when somebody asks for it. Thread-safe. */
final class VerifyDesk {

    private final KafkaAccess kafka;
    private final Map<String, String> environment;
    private final AuditTrail trail;
    private final Clock clock;
    private final StopSignal stop;
    private final JobDesk jobs;
    private final LastProof proof;

    /**
     * @param environment names the Supabase project, as the sink's settings do
     * @param stop ends every wait for producers
     * @param proof told what is found of the project that the sink writes to
     */
    VerifyDesk(
            KafkaAccess kafka,
            Map<String, String> environment,
            AuditTrail trail,
            Clock clock,
            StopSignal stop,
            JobDesk jobs,
            LastProof proof) {
        this.kafka = kafka;
        this.environment = Map.copyOf(environment);
        this.trail = trail;
        this.clock = clock;
        this.stop = stop;
        this.jobs = jobs;
        this.proof = proof;
    }

    /**
     * Begins a comparison.
     *
     * @throws Problem (409) while another one is under way, (503) when no project is named
     * @throws com.listingsync.common.setting.SettingsException when it is named wrongly, or a table is not in the mapping
     */
    Job start(VerifyWish wish) {
        if (environment.getOrDefault("SUPABASE_URL", "").isBlank()) {
            throw Problem.of(503, SupabaseView.NOT_NAMED);
        }
        Map<String, String> project =
                wish.project().map(other -> other.environment(environment)).orElse(environment);
        Mapping mapping = Mapping.inForce(environment);
        Verification first = new Verification(kafka, project, mapping, wish.request(), clock);
        return jobs.start(Kind.VERIFY, wish.who(), job -> work(job, wish, first, project, mapping));
    }

    private JsonNode work(Job job, VerifyWish wish, Verification first, Map<String, String> project, Mapping mapping)
            throws InterruptedException {
        if (wish.source()) {
            job.part("source", sources(job, wish).json());
        }
        job.counting(first::read);
        VerifyReport report = first.work(job::mustStop);
        if (wish.repair() && !report.isInSync()) {
            job.part("repair", repaired(wish, mapping, report).json());
            Verification again = new Verification(kafka, project, mapping, wish.request(), clock);
            job.counting(() -> first.read() + again.read());
            report = again.work(job::mustStop);
        }
        if (wish.project().isEmpty()) {
            proof.found(report);
        }
        return report.json(wish.shown());
    }

    private SourceCheck.Report sources(Job job, VerifyWish wish) throws InterruptedException {
        return new SourceCheck(
                        kafka,
                        Catalogue.read(kafka, stop).connections(),
                        wish.request().keys(),
                        clock)
                .work(() -> !job.mustStop());
    }

    private Repair.Outcome repaired(VerifyWish wish, Mapping mapping, VerifyReport report) {
        AuditEntry begun = trail.begin(new Actor(wish.who()), "verify repair", wish.selection(), Optional.empty());
        String problem = "failed";
        Map<String, Long> done = Map.of();
        try {
            Repair.Outcome outcome =
                    new Repair(kafka, environment, mapping, wish.extra(), wish.who(), clock).work(report);
            done = outcome.done();
            problem = null;
            return outcome;
        } finally {
            trail.end(begun, done, problem);
        }
    }
}
