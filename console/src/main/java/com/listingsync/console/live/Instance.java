package com.listingsync.console.live;

import java.net.URI;

/**
 * One running copy of a service, at an address of its own. Immutable.
 *
 * @param service its service's name, such as {@code sink}
 * @param name its own: the service's when there is one of it, else with its address, such as {@code sink@10.0.0.7:8081}
 * @param root where it answers
 */
public record Instance(String service, String name, URI root) {}
