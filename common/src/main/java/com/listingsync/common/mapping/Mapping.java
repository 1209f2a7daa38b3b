package com.listingsync.common.mapping;

import com.listingsync.common.event.Entity;
import com.listingsync.common.setting.SettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A whole mapping: which records become which rows.
 *
 * @param tables one or more mappings of entities to tables; the first for an entity makes its principal row
 * @param statuses how statuses are read and named
 * @param listingId the property field that holds a listing's ListingId, by which a sheet row may name it; empty when none may
 * @param fingerprint 16 hex digits that change with the mapping's text
 */
public record Mapping(List<TableMapping> tables, Statuses statuses, Optional<String> listingId, String fingerprint) {

    /** The setting that names the mapping's file. */
    public static final String SETTING = "SYNC_MAPPING";

    private static final String DEFAULT = "default-mapping.yaml";

    public Mapping {
        Objects.requireNonNull(statuses, "statuses");
        Objects.requireNonNull(listingId, "listingId");
        tables = List.copyOf(tables);
    }

    /** The mapping that comes with Listing Sync, for the RESO Data Dictionary 2.0 and the sheet. */
    public static Mapping standard() {
        return MappingFile.parse(standardText(), "default mapping");
    }

    /** The YAML text of {@link #standard()}. */
    public static String standardText() {
        try (InputStream in = Mapping.class.getResourceAsStream(DEFAULT)) {
            if (in == null) {
                throw new IllegalStateException(DEFAULT + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(DEFAULT + " can't be read from the class path", e);
        }
    }

    /**
     * The mapping that {@link #SETTING} names: what the services of this environment use.
     *
     * @throws SettingsException when it can't be read or is not a valid mapping, with all its problems
     */
    public static Mapping inForce(Map<String, String> environment) {
        return load(Path.of(environment.getOrDefault(SETTING, "")));
    }

    /**
     * The mapping in this file; {@link #standard()} for an empty path.
     *
     * @throws SettingsException when it can't be read or is not a valid mapping, with all its problems
     */
    public static Mapping load(Path file) {
        if (file.toString().isEmpty()) {
            return standard();
        }
        try {
            return MappingFile.parse(Files.readString(file), file.toString());
        } catch (NoSuchFileException e) {
            throw new SettingsException(SETTING + ": there is no file " + file);
        } catch (IOException e) {
            throw new SettingsException(SETTING + ": " + file + " can't be read: " + e.getMessage());
        }
    }

    /** The mappings of one entity, the principal one first; empty when the entity is not mapped. */
    public List<TableMapping> of(Entity entity) {
        return tables.stream().filter(table -> table.entity() == entity).toList();
    }

    /** Every table rows may be for: the mapped ones and {@link SystemTables}. */
    public List<TableLayout> layouts() {
        List<TableLayout> layouts =
                new ArrayList<>(tables.stream().map(TableMapping::layout).toList());
        layouts.addAll(SystemTables.ALL);
        return List.copyOf(layouts);
    }

    /** The layout of one table; empty when no rows are made for it. */
    public Optional<TableLayout> layout(String table) {
        return layouts().stream().filter(layout -> layout.name().equals(table)).findFirst();
    }
}
