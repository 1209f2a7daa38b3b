package com.listingsync.console.doctor;

import java.util.List;

/** Looks at one part of a deployment. Makes few requests, writes nothing. */
interface Check {

    /** What it found; a problem is a finding, never an exception. */
    List<Finding> look() throws InterruptedException;
}
