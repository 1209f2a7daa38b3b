package com.listingsync.common.setting;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads settings records from environment variables. Components carry {@link Env}, or are settings records themselves.
 *
 * <p>A secret {@code NAME} may be in the file that {@code NAME_FILE} names. An empty variable counts as not set: compose files and shells can't tell the two apart. All problems are reported at
 * once, naming variables, never values.
 */
public final class EnvRecords {

    /** In place of a secret that could not be read, so that it is not called missing too. */
    private static final String PROBLEM = "unread";

    private EnvRecords() {}

    /**
     * The settings of {@code type} in {@code environment}.
     *
     * @throws SettingsException when anything is missing or can't be read, with all the problems
     */
    public static <R extends Record> R read(Class<R> type, Map<String, String> environment) {
        List<String> problems = new ArrayList<>();
        R settings = read(type, environment, problems);
        if (!problems.isEmpty() || settings == null) {
            throw new SettingsException(problems);
        }
        return settings;
    }

    /** The declarations of a settings record in their order, those of nested records in place. */
    public static List<Declaration> declarations(Class<? extends Record> type) {
        List<Declaration> declarations = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Env env = component.getAnnotation(Env.class);
            if (env == null) {
                declarations.addAll(declarations(nested(component)));
            } else {
                declarations.add(new Declaration(
                        env.name(),
                        component.getType(),
                        env.fallback().equals(Env.REQUIRED) ? null : env.fallback(),
                        env.doc()));
            }
        }
        return declarations;
    }

    /**
     * One setting as it is declared.
     *
     * @param name the variable
     * @param type Java type of the component
     * @param fallback text of the default; null when the setting is required
     * @param doc its sentence
     */
    public record Declaration(
            String name, Class<?> type, @Nullable String fallback, String doc) {}

    private static <R extends Record> @Nullable R read(
            Class<R> type, Map<String, String> environment, List<String> problems) {
        int before = problems.size();
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            Env env = components[i].getAnnotation(Env.class);
            Object value = env == null
                    ? read(nested(components[i]), environment, problems)
                    : value(env, components[i].getType(), environment, problems);
            if (value != null) {
                values[i] = value;
            }
        }
        return problems.size() == before ? construct(type, components, values, problems) : null;
    }

    private static @Nullable Object value(
            Env env, Class<?> type, Map<String, String> environment, List<String> problems) {
        String set = text(env, type, environment, problems);
        if (set.isBlank() && env.fallback().equals(Env.REQUIRED)) {
            problems.add(env.name() + " is not set: " + env.doc());
            return null;
        }
        try {
            return SettingText.parse(type, set.isBlank() ? env.fallback() : set);
        } catch (IllegalArgumentException e) {
            problems.add(env.name() + ": " + e.getMessage());
            return null;
        }
    }

    /** A secret may be in a file instead. Blank after a problem, which is named already. */
    private static String text(Env env, Class<?> type, Map<String, String> environment, List<String> problems) {
        if (type != Secret.class || env.ownFile()) {
            return environment.getOrDefault(env.name(), "");
        }
        try {
            return EnvText.of(env.name(), environment);
        } catch (IllegalArgumentException e) {
            problems.add(env.name() + ": " + e.getMessage());
            return PROBLEM;
        }
    }

    private static <R extends Record> @Nullable R construct(
            Class<R> type, RecordComponent[] components, Object[] values, List<String> problems) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            // A compact constructor refused a combination; its message is written for the user.
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            problems.add(Objects.requireNonNullElse(cause.getMessage(), type.getSimpleName() + " is not valid"));
            return null;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("settings record " + type.getName() + " can't be constructed", e);
        }
    }

    private static Class<? extends Record> nested(RecordComponent component) {
        if (!component.getType().isRecord()) {
            throw new IllegalStateException("component " + component.getName() + " of "
                    + component.getDeclaringRecord().getName() + " has no @Env and is not a settings record");
        }
        return component.getType().asSubclass(Record.class);
    }
}
