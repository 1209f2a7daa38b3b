package com.listingsync.sink.owner;

import java.util.regex.Pattern;

/** What an e-mail address looks like, as far as a slip of the pen can be told: one mailbox, nothing that ends a header. */
public final class Mailbox {

    private static final Pattern ADDRESS = Pattern.compile("[^\\s@<>,;\"]+@[^\\s@<>,;\"]+");

    private Mailbox() {}

    /** Whether the text may be an address. */
    public static boolean looksRight(String text) {
        return ADDRESS.matcher(text).matches();
    }
}
