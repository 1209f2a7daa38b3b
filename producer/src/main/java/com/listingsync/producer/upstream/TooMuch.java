package com.listingsync.producer.upstream;

/** What is done when an answer does not come in time. */
public enum TooMuch {
    /** The same is asked again, as after any other trouble that may pass. */
    REPEATS,
    /** The caller gets to know at once, because it can ask for less. */
    GIVES_UP
}
