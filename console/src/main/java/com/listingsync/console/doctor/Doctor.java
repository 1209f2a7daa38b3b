package com.listingsync.console.doctor;

import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.setting.EnvRecords;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.live.ServiceAddresses;
import com.listingsync.sink.cutover.CutoverSettings;
import com.listingsync.sink.deliver.SupabaseSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks at a whole deployment: this machine, Kafka, Supabase and every source. Confined to one thread. */
public final class Doctor {

    private final List<Check> checks = new ArrayList<>();

    /**
     * @param environment the deployment's settings; what is not set is not looked at, and said so
     * @param repair whether to create topics that are missing
     */
    public Doctor(Map<String, String> environment, boolean repair, Clock clock) {
        checks.add(new JavaCheck(Runtime.version().feature()));
        checks.add(new DiskCheck(folders(environment), DiskCheck.ENOUGH));
        kafka(environment, repair);
        supabase(environment, clock);
        sinks(environment);
        checks.add(new SourceCheck(environment.getOrDefault("SYNC_CONNECTIONS", ""), environment, clock));
    }

    /** Looks at everything. */
    public Diagnosis look() throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        for (Check check : checks) {
            findings.addAll(check.look());
        }
        return new Diagnosis(findings);
    }

    private void kafka(Map<String, String> environment, boolean repair) {
        try {
            KafkaAccess access = KafkaAccess.of(environment);
            checks.add(new KafkaCheck(
                    access,
                    List.of(new TopicsCheck(access, repair), new LeftoversCheck(access), new PauseCheck(access))));
        } catch (SettingsException e) {
            // Every problem is a finding; the rest is looked at all the same.
            e.problems()
                    .forEach(problem ->
                            checks.add(() -> List.of(Finding.bad("kafka", "settings", problem, "docs/settings.md"))));
        }
    }

    private void supabase(Map<String, String> environment, Clock clock) {
        if (environment.getOrDefault("SUPABASE_URL", "").isBlank()) {
            checks.add(() -> List.of(Finding.unseen(
                    "supabase",
                    "address",
                    "SUPABASE_URL is not set, so the project was not asked",
                    "run it where the sink's settings are")));
            return;
        }
        try {
            SupabaseSettings settings = EnvRecords.read(SupabaseSettings.class, environment);
            Mapping mapping = Mapping.inForce(environment);
            checks.add(new SupabaseCheck(new RestLook(settings), mapping.layouts(), clock));
        } catch (SettingsException e) {
            e.problems()
                    .forEach(problem -> checks.add(
                            () -> List.of(Finding.bad("supabase", "settings", problem, "docs/settings.md"))));
        }
    }

    private void sinks(Map<String, String> environment) {
        try {
            checks.add(new CutoverCheck(
                    EnvRecords.read(CutoverSettings.class, environment),
                    SinkInstances.of(environment.getOrDefault(ServiceAddresses.SETTING, ""))));
        } catch (SettingsException e) {
            e.problems()
                    .forEach(problem -> checks.add(
                            () -> List.of(Finding.bad(CutoverCheck.AREA, "settings", problem, "docs/settings.md"))));
        }
    }

    private static Map<String, Path> folders(Map<String, String> environment) {
        Map<String, Path> folders = new LinkedHashMap<>();
        folders.put("the processor's state", Path.of(environment.getOrDefault("SYNC_STATE_DIR", "state")));
        return folders;
    }
}
