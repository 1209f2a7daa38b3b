package com.listingsync.console.doctor;

import com.listingsync.console.shell.Amount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Free space where local state or an {@code up}'s data live.
 *
 * @param folders by what they are for
 * @param enough bytes below which it is too little
 */
record DiskCheck(Map<String, Path> folders, long enough) implements Check {

    /** What a broker and a state store need to be able to go on, roughly. */
    static final long ENOUGH = 1L << 30;

    @Override
    public List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        folders.forEach((what, folder) -> findings.add(of(what, folder)));
        return findings;
    }

    private Finding of(String what, Path folder) {
        Path there = folder.toAbsolutePath();
        while (there.getParent() != null && !Files.exists(there)) {
            there = there.getParent();
        }
        try {
            long free = Files.getFileStore(there).getUsableSpace();
            String words = Amount.ofBytes(free) + " free for " + what + " at " + folder;
            return free >= enough
                    ? Finding.good("machine", "disk", words)
                    : Finding.bad(
                            "machine",
                            "disk",
                            words,
                            "make room, or move it: a full disk stops Kafka and the processor");
        } catch (IOException e) {
            // Said to the person; nothing else depends on it.
            return Finding.warning(
                    "machine", "disk", folder + " can't be looked at: " + e.getMessage(), "check its rights");
        }
    }
}
