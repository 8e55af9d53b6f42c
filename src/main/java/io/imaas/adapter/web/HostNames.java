package io.imaas.adapter.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import okhttp3.Dns;

/**
 * Where a name leads. Whoever answers for a name must not lead us to this machine's own services or to a cloud's metadata:
 * those are reached only by an address, or as {@code localhost}, which whoever allowed the host can see.
 */
public record HostNames(Dns system) implements Dns {
    /** By this machine's resolver. */
    public HostNames() {
        this(Dns.SYSTEM);
    }

    @Override
    public List<InetAddress> lookup(String name) throws UnknownHostException {
        List<InetAddress> found = system.lookup(name);
        boolean told = name.equals("localhost") || name.endsWith(".localhost");
        if (!told && found.stream().anyMatch(HostNames::isNobodyElses)) {
            throw new UnknownHostException(name + " leads to an address of this machine or its link");
        }
        return found;
    }

    private static boolean isNobodyElses(InetAddress address) {
        return address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isAnyLocalAddress()
                || address.isMulticastAddress();
    }
}
