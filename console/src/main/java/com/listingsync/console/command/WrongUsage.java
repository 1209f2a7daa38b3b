package com.listingsync.console.command;

/** What is wrong with how a command was called, in one sentence; ends it with exit code 2. */
final class WrongUsage extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WrongUsage(String sentence) {
        super(sentence);
    }
}
