package com.listingsync.sink.owner;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every owner, and whose listings each connection brings.
 *
 * @param all the owners; names differ
 * @param byConnection the name of the owner of a connection, where it names one
 */
public record Owners(List<Owner> all, Map<String, String> byConnection) {

    /** Of a deployment that names none. */
    public static final Owners NONE = new Owners(List.of(), Map.of());

    public Owners {
        all = List.copyOf(all);
        byConnection = Map.copyOf(byConnection);
    }

    /** The owner of this name; empty when there is none. */
    public Optional<Owner> named(String name) {
        return all.stream().filter(owner -> owner.name().equals(name)).findFirst();
    }

    /** The owner of the listings that a connection brings; empty when it names none, or one that is not described. */
    public Optional<Owner> ofConnection(String connection) {
        return Optional.ofNullable(byConnection.get(connection)).flatMap(this::named);
    }

    /** Whether any owner has an account whose posts could be taken down. */
    public boolean havePosts() {
        return all.stream().anyMatch(owner -> !owner.accounts().isEmpty());
    }
}
