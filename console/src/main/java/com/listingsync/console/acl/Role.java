package com.listingsync.console.acl;

/** Who comes to Kafka. */
public enum Role {
    PRODUCER,
    PROCESSOR,
    SINK,
    /** The console as a service: it reads everything and writes commands. */
    CONSOLE,
    /** People and their tools: they read everything, make topics, and may write any record again. */
    OPERATOR
}
