package com.listingsync.common.secret;

/** Why a sealed value does not open, in words that follow the name of its place. */
public final class UnsealException extends Exception {

    private static final long serialVersionUID = 1L;

    UnsealException(String words) {
        super(words);
    }

    /** The words. */
    public String words() {
        return String.valueOf(getMessage());
    }
}
