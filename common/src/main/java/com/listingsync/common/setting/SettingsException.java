package com.listingsync.common.setting;

import java.util.List;

/**
 * Settings or a settings file that can't be used; the process ends with exit code 2.
 *
 * <p>Carries every problem found, a sentence each, naming variables and places but never a value.
 */
public final class SettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    public SettingsException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    public SettingsException(String problem) {
        this(List.of(problem));
    }

    /** Every problem found, at least one. */
    public List<String> problems() {
        return problems;
    }
}
