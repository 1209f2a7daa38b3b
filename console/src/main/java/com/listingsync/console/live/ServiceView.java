package com.listingsync.console.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;

/**
 * One instance of a service as it was last seen. Immutable; nobody changes the JSON.
 *
 * @param service its service's name
 * @param name its own: its service's when there is one of it, else with its address, such as {@code sink@10.0.0.7:8081}
 * @param state whether it answers, and how
 * @param problems what is wrong with it, in words
 * @param health its {@code /health/ready}; missing when it does not answer
 * @param samples its own meters
 * @param at when it was asked, in milliseconds since 1970
 */
public record ServiceView(
        String service,
        String name,
        State state,
        List<String> problems,
        JsonNode health,
        List<Sample> samples,
        long at) {

    /** Whether it answers, and whether it says that it works. */
    public enum State {
        UP,
        DOWN,
        SILENT
    }

    public ServiceView {
        problems = List.copyOf(problems);
        samples = List.copyOf(samples);
    }

    /** Whether it did not answer. */
    public boolean isSilent() {
        return state == State.SILENT;
    }

    static ServiceView silent(Instance instance, String why, long at) {
        return new ServiceView(
                instance.service(),
                instance.name(),
                State.SILENT,
                List.of(why),
                MissingNode.getInstance(),
                List.of(),
                at);
    }
}
