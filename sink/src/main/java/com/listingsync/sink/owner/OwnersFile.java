package com.listingsync.sink.owner;

import com.listingsync.common.connection.ConnectionsDocument;
import com.listingsync.common.connection.Section;
import com.listingsync.common.setting.SettingsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The sink's part of the connections file. Of {@code connections} it reads name and owner only, none of their secrets. */
public final class OwnersFile {

    private OwnersFile() {}

    /**
     * The owners in a file; {@link Owners#NONE} for an empty path.
     *
     * @param environment where {@code ${NAME}} references are looked up
     * @throws SettingsException when the file can't be read or anything about its owners is wrong, with all the problems
     */
    public static Owners read(Path file, Map<String, String> environment) {
        return file.toString().isEmpty()
                ? Owners.NONE
                : ConnectionsDocument.read(file, environment, (root, folder) -> owners(root));
    }

    static Owners parse(String yaml, Map<String, String> environment) {
        return ConnectionsDocument.parse(yaml, Path.of(""), environment, (root, folder) -> owners(root));
    }

    private static Owners owners(Section root) {
        List<Owner> owners = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Section section : root.maybeSections(ConnectionsDocument.OWNERS)) {
            Owner owner = new OwnerSection(section).read();
            if (!names.add(owner.name())) {
                section.problem("name", "is the same as that of an owner above; names must differ");
            }
            owners.add(owner);
        }
        return new Owners(owners, byConnection(root));
    }

    private static Map<String, String> byConnection(Section root) {
        Map<String, String> byConnection = new HashMap<>();
        for (Section connection : root.maybeSections(ConnectionsDocument.CONNECTIONS)) {
            connection
                    .maybeText("owner")
                    .ifPresent(owner -> connection.maybeText("name").ifPresent(name -> byConnection.put(name, owner)));
        }
        return byConnection;
    }
}
