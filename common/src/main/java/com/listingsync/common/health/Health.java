package com.listingsync.common.health;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/**
 * The named checks of one service. A check answers with a problem in words, or empty when all is well. Thread-safe.
 *
 * <p><em>Live</em> means that a restart would not help; <em>ready</em> means that work is being done. A destination that is
 * down makes a service not ready and leaves it live.
 */
public final class Health {

    private final Map<String, Supplier<Optional<String>>> liveness = new ConcurrentSkipListMap<>();
    private final Map<String, Supplier<Optional<String>>> readiness = new ConcurrentSkipListMap<>();
    private final Map<String, Supplier<?>> told = new ConcurrentSkipListMap<>();

    /** Adds a check without which a service is not ready. */
    public void readyWhen(String name, Supplier<Optional<String>> problem) {
        readiness.put(name, problem);
    }

    /** Adds a check without which a service should be restarted; it is part of readiness too. */
    public void aliveWhen(String name, Supplier<Optional<String>> problem) {
        liveness.put(name, problem);
        readiness.put(name, problem);
    }

    /**
     * Adds something worth knowing beside the checks, such as when feeds are read next; it has no say in readiness.
     *
     * @param facts answers with values that Jackson writes as JSON, never a secret; asked at every request
     */
    public void tell(String name, Supplier<?> facts) {
        told.put(name, facts);
    }

    /** What is worth knowing beside the checks, by name. */
    public Map<String, Object> facts() {
        Map<String, Object> facts = new TreeMap<>();
        told.forEach((name, supplier) -> facts.put(name, supplier.get()));
        return facts;
    }

    /** The results of all liveness checks, by name. */
    public List<CheckResult> live() {
        return run(liveness);
    }

    /** The results of all readiness checks, by name. */
    public List<CheckResult> ready() {
        return run(readiness);
    }

    /** Whether every readiness check passes. */
    public boolean isReady() {
        return ready().stream().allMatch(CheckResult::passed);
    }

    /**
     * One check's result.
     *
     * @param name the check
     * @param problem what is wrong, in words; empty when it passed
     */
    public record CheckResult(String name, Optional<String> problem) {

        public boolean passed() {
            return problem.isEmpty();
        }
    }

    private static List<CheckResult> run(Map<String, Supplier<Optional<String>>> checks) {
        List<CheckResult> results = new ArrayList<>();
        checks.forEach((name, problem) -> results.add(new CheckResult(name, ask(problem))));
        return results;
    }

    private static Optional<String> ask(Supplier<Optional<String>> problem) {
        try {
            return problem.get();
        } catch (RuntimeException e) {
            // A check that fails has not passed; its message may hold a payload, so only the kind is told.
            return Optional.of("the check itself failed: " + e.getClass().getSimpleName());
        }
    }
}
