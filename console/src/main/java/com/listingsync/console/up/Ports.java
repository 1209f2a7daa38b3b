package com.listingsync.console.up;

import com.listingsync.common.setting.SettingsException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * Which port each part of an {@code up} listens on: free ones, or consecutive ones from a base, in the order of {@link Listener}.
 *
 * @param base the first port; empty for free ones
 */
public record Ports(OptionalInt base) {

    /** The parts that listen, in the order of their ports. */
    public enum Listener {
        CONSOLE(0),
        KAFKA(1),
        SUPABASE(2),
        POSTGRES(3),
        MLS(4),
        SHEETS(5),
        PRODUCER(6),
        PROCESSOR(7),
        SINK(8),
        CONSOLE_HEALTH(9),
        SOCIAL(10);

        private final int offset;

        Listener(int offset) {
            this.offset = offset;
        }
    }

    private static final int LAST_PORT = 65_535;

    /**
     * The ports this text asks for: {@code auto}, or the first port.
     *
     * @throws SettingsException when it is neither
     */
    public static Ports parse(String text) {
        if (text.equals("auto")) {
            return new Ports(OptionalInt.empty());
        }
        int last = LAST_PORT - Listener.values().length + 1;
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > last) {
            throw new SettingsException("--ports: expected 'auto' or a first port from 1 to " + last + ", found '"
                    + text + "'; " + Listener.values().length + " ports from there are used");
        }
        return new Ports(OptionalInt.of(Integer.parseInt(text)));
    }

    /**
     * Looks whether every port asked for is free, before anything is started on one of them.
     *
     * @throws SettingsException naming each port that is taken
     */
    void requireFree() {
        if (base.isEmpty()) {
            return;
        }
        List<String> taken = Arrays.stream(Listener.values())
                .filter(part -> !isFree(of(part)))
                .map(part -> "--ports: port " + of(part) + " for "
                        + part.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                        + " is taken; choose another base, or 'auto'")
                .toList();
        if (!taken.isEmpty()) {
            throw new SettingsException(taken);
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            // Somebody listens there, or may not be replaced there: either way it can't be ours.
            return false;
        }
    }

    /** The part's port; 0 for a free one. */
    int of(Listener part) {
        return base.isPresent() ? base.getAsInt() + part.offset : 0;
    }
}
