package com.listingsync.processor.topology;

/**
 * The byte that a stored value begins with and that names its form. A value of a form that this release does not read is no record's
 * fault: the processor stops at it, rather than make a dead letter of everything that meets it. Stateless.
 */
final class StoredForm {

    private StoredForm() {}

    /**
     * Checks that a stored value can be read.
     *
     * @param what the value is, such as {@code a parked record}
     * @param read the form that this release reads
     * @throws Foreign when it is of another form
     */
    static void require(String what, byte found, byte read) {
        if (found != read) {
            throw new Foreign(
                    "the state has " + what + " of form " + found + " and this release reads form " + read + ": "
                            + (found > read
                                    ? "a newer release has written it; go forward to that one"
                                    : "an older release has written it; go by way of the one between")
                            + " (docs/upgrade.md)");
        }
    }

    /** The state is another release's. */
    static final class Foreign extends IllegalStateException {

        private static final long serialVersionUID = 1L;

        Foreign(String message) {
            super(message);
        }
    }
}
