package com.listingsync.console.reference;

import com.listingsync.common.setting.EnvRecords;
import com.listingsync.common.setting.EnvRecords.Declaration;
import com.listingsync.common.setting.EnvText;
import com.listingsync.common.setting.Secret;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The settings a service would start with. */
public final class SettingsInForce {

    private SettingsInForce() {}

    /** A line {@code NAME=value} each, in the order of declaration; a secret that is set shows as {@code ***}. */
    public static List<String> lines(Class<? extends Record> settings, Map<String, String> environment) {
        return EnvRecords.declarations(settings).stream()
                .map(declaration -> declaration.name() + "=" + value(declaration, environment))
                .toList();
    }

    private static String value(Declaration declaration, Map<String, String> environment) {
        String set = environment.getOrDefault(declaration.name(), "");
        if (declaration.type() == Secret.class
                && !environment
                        .getOrDefault(declaration.name() + EnvText.FILE, "")
                        .isBlank()) {
            return "***";
        }
        String value = set.isBlank() ? Objects.requireNonNullElse(declaration.fallback(), "") : set;
        return declaration.type() == Secret.class && !value.isEmpty() ? "***" : value;
    }
}
