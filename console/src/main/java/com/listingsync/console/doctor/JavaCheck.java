package com.listingsync.console.doctor;

import java.util.List;

/**
 * The Java that runs this.
 *
 * @param version its feature version
 */
record JavaCheck(int version) implements Check {

    private static final int OLDEST = 17;

    @Override
    public List<Finding> look() {
        return List.of(
                version >= OLDEST
                        ? Finding.good("machine", "java", "Java " + version)
                        : Finding.bad("machine", "java", "Java " + version, "install Java " + OLDEST + " or newer"));
    }
}
