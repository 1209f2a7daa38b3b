package com.listingsync.console.live;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which instances there are now: a name that the network gives several addresses, as a container engine does for a service that runs
 * three times, is an instance at each. Asked anew each time, since instances come and go. Stateless.
 */
public final class Instances {

    private final ServiceAddresses addresses;
    private final Names names;

    /** Which addresses a host's name has. */
    @FunctionalInterface
    interface Names {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    /** Those of these services, as this machine finds names. */
    public Instances(ServiceAddresses addresses) {
        this(addresses, InetAddress::getAllByName);
    }

    /** @param names {@link InetAddress#getAllByName} but in tests */
    Instances(ServiceAddresses addresses, Names names) {
        this.addresses = addresses;
        this.names = names;
    }

    /** All of all services, in the order in which services were named, then by address. */
    public List<Instance> now() {
        List<Instance> all = new ArrayList<>();
        addresses.roots().forEach((service, roots) -> {
            List<URI> each = roots.stream().flatMap(this::behind).distinct().toList();
            each.forEach(
                    root -> all.add(new Instance(service, each.size() == 1 ? service : named(service, root), root)));
        });
        return List.copyOf(all);
    }

    private static String named(String service, URI root) {
        return service + "@" + root.getAuthority();
    }

    /** By https it is the name that the certificate is for, so it stays; a name without an address is told of when it is asked. */
    private Stream<URI> behind(URI root) {
        if (!root.getScheme().equals("http")) {
            return Stream.of(root);
        }
        try {
            List<InetAddress> found = Arrays.asList(names.of(root.getHost()));
            // The same instance may have an address of either kind; 'localhost' nearly always does.
            List<InetAddress> old =
                    found.stream().filter(Inet4Address.class::isInstance).toList();
            List<InetAddress> distinct = old.isEmpty() ? found : old;
            return distinct.size() < 2
                    ? Stream.of(root)
                    : distinct.stream()
                            .map(InetAddress::getHostAddress)
                            .sorted()
                            .map(address -> at(address, root));
        } catch (UnknownHostException e) {
            // It may be starting: whoever asks it says that it does not answer.
            return Stream.of(root);
        }
    }

    private static URI at(String address, URI root) {
        String host = address.contains(":") ? "[" + address + "]" : address;
        return URI.create("http://" + host + (root.getPort() < 0 ? "" : ":" + root.getPort()));
    }
}
