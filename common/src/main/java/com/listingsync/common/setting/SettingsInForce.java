package com.listingsync.common.setting;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.setting.EnvRecords.Declaration;
import com.listingsync.common.wire.Json;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The settings a service starts with, as they may be shown to whoever may look at it: of a secret nothing but whether it is set.
 * Immutable.
 *
 * @param shown in the order of declaration; after them, by name, the {@code KAFKA_…} properties that go to the Kafka clients
 * @param connections names of the connections that the service reads, in the order of their file; empty when it reads none
 */
public record SettingsInForce(List<Shown> shown, List<String> connections) {

    private static final String KAFKA = "KAFKA_";
    private static final String HIDDEN = "***";

    /** What may stand in an address before its host, and is a password then. */
    private static final Pattern USER = Pattern.compile("://[^/@\\s]*@");

    private static final Pattern QUERY = Pattern.compile("\\?.*");

    public SettingsInForce {
        shown = List.copyOf(shown);
        connections = List.copyOf(connections);
    }

    /**
     * One setting.
     *
     * @param name the variable
     * @param value its text, the default when it is not set; empty when there is none, and always of a secret
     * @param secret whether its value is nobody's business
     * @param set whether there is a value, in the variable, in the file that {@code NAME_FILE} names, or by default
     */
    public record Shown(String name, String value, boolean secret, boolean set) {

        /** {@code NAME=value}; a secret that is set is {@code ***}. */
        public String line() {
            return name + "=" + (secret && set ? HIDDEN : value);
        }
    }

    /** Those of a service that reads no connections. */
    public static SettingsInForce of(Class<? extends Record> settings, Map<String, String> environment) {
        List<Declaration> declarations = EnvRecords.declarations(settings);
        List<Shown> shown = new ArrayList<>();
        declarations.forEach(declaration -> shown.add(shown(declaration, environment)));
        Set<String> declared = declarations.stream().map(Declaration::name).collect(Collectors.toSet());
        new TreeSet<>(environment.keySet())
                .stream()
                        .filter(name -> name.startsWith(KAFKA) && !declared.contains(name))
                        .filter(name -> !environment.getOrDefault(name, "").isBlank())
                        // Which of the clients' properties are secret is theirs to know: none is shown.
                        .forEach(name -> shown.add(new Shown(name, "", true, true)));
        return new SettingsInForce(shown, List.of());
    }

    /** The same with the names of connections. */
    public SettingsInForce reading(List<String> names) {
        return new SettingsInForce(shown, names);
    }

    /**
     * {@code settings}, each with its {@code name} and its {@code value}, or {@code secret} ({@code set} or {@code not set}) in place of
     * one; and {@code connections}.
     */
    public ObjectNode json() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        ArrayNode settings = json.putArray("settings");
        for (Shown one : shown) {
            ObjectNode each = settings.addObject().put("name", one.name());
            if (one.secret()) {
                each.put("secret", one.set() ? "set" : "not set");
            } else {
                each.put("value", one.value());
            }
        }
        connections.forEach(json.putArray("connections")::add);
        return json;
    }

    private static Shown shown(Declaration declaration, Map<String, String> environment) {
        String set = environment.getOrDefault(declaration.name(), "");
        String value = set.isBlank() ? Objects.requireNonNullElse(declaration.fallback(), "") : set;
        if (declaration.type() != Secret.class) {
            return new Shown(declaration.name(), withoutPassword(declaration, value), false, !value.isEmpty());
        }
        boolean inFile =
                !environment.getOrDefault(declaration.name() + EnvText.FILE, "").isBlank();
        return new Shown(declaration.name(), "", true, inFile || !value.isEmpty());
    }

    private static String withoutPassword(Declaration declaration, String value) {
        String host = USER.matcher(value).replaceAll("://" + HIDDEN + "@");
        return declaration.type() == URI.class ? QUERY.matcher(host).replaceAll("?" + HIDDEN) : host;
    }
}
