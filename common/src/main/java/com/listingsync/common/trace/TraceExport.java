package com.listingsync.common.trace;

/** Whether traces are made, and how they travel. */
public enum TraceExport {
    OFF,
    /** By OTLP, protobuf over HTTP. */
    OTLP
}
