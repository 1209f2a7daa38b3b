package com.listingsync.console.access;

/**
 * Who makes a request, as the audit names them.
 *
 * @param name the key's name, or {@code local} for whoever is on this machine when there are no keys
 * @param role what they may do
 */
public record Caller(String name, Role role) {

    /** Whoever is on this machine, when there are no keys: they could type the same at the command line. */
    public static final Caller LOCAL = new Caller("local", Role.OPERATOR);

    /** Somebody who is not known, where nobody needs to be. */
    public static final Caller NOBODY = new Caller("nobody", Role.VIEWER);
}
