package com.listingsync.console.audit;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;

/**
 * Who acts.
 *
 * @param name {@code user@host} of a person at a command line, or the name of an API key; never the key itself
 */
public record Actor(String name) {

    private static final int LONGEST = 200;

    public Actor {
        if (name.isBlank() || name.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "an actor needs a name of 1 to " + LONGEST + " characters; found " + name.length());
        }
    }

    /** The person at this command line: what {@code LISTING_SYNC_USER} says, or as the operating system knows them. */
    public static Actor ofShell(Map<String, String> environment) {
        String set = environment.getOrDefault("LISTING_SYNC_USER", "");
        if (!set.isBlank()) {
            return new Actor(set);
        }
        String user = environment.getOrDefault("SUDO_USER", environment.getOrDefault("USER", ""));
        return new Actor(
                (user.isBlank() ? System.getProperty("user.name", "unknown") : user) + "@" + host(environment));
    }

    /** Who uses the API with the key of this name. */
    public static Actor ofApiKey(String keyName) {
        return new Actor("api:" + keyName);
    }

    private static String host(Map<String, String> environment) {
        String named = environment.getOrDefault("HOSTNAME", "");
        if (!named.isBlank()) {
            return named;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // A machine without a name: the user is still known.
            return "unknown-host";
        }
    }
}
