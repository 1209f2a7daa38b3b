/**
 * A look at a connection from outside its schedule, for whoever wants to know what is wrong with it: {@link
 * com.listingsync.producer.probe.ConnectionProbe}. One or two requests, none repeated, nothing written.
 */
@NullMarked
package com.listingsync.producer.probe;

import org.jspecify.annotations.NullMarked;
