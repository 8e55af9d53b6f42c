package io.imaas.adapter.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import okhttp3.Dns;

/**
 * Where a name leads. Whoever answers for a name must not lead us to this machine's own services or to a cloud's metadata:
 * those are reached only by an address, or as {@code localhost}, which whoever allowed the host can see.
 */
public record HostNames(Dns system) implements Dns {
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]++");

    /** Where clouds answer with a machine's own rights, outside of any link: Amazon by version 6, Alibaba, Azure. */
    private static final Set<String> METADATA = Set.of("fd00:ec2:0:0:0:0:0:254", "100.100.100.200", "168.63.129.16");

    private static final String TRANSLATED = "0064ff9b0000000000000000";
    private static final String COMPATIBLE = "000000000000000000000000";

    /** By this machine's resolver. */
    public HostNames() {
        this(Dns.SYSTEM);
    }

    @Override
    public List<InetAddress> lookup(String name) throws UnknownHostException {
        List<InetAddress> found = system.lookup(name);
        if (!isLocal(name) && found.stream().anyMatch(HostNames::isNobodyElses)) {
            throw new UnknownHostException(name + " leads to an address of this machine or its link");
        }
        return found;
    }

    /** Whether a host, without asking anybody, is this machine or something on its link. */
    public static boolean isHere(String host) {
        boolean address = host.indexOf(':') >= 0 || ADDRESS.matcher(host).matches();
        try {
            return isLocal(host) || (address && isNobodyElses(InetAddress.getByName(host)));
        } catch (UnknownHostException none) {
            return true;
        }
    }

    private static boolean isLocal(String name) {
        return name.equals("localhost") || name.endsWith(".localhost");
    }

    private static boolean isNobodyElses(InetAddress address) {
        return address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isAnyLocalAddress()
                || address.isMulticastAddress()
                || METADATA.contains(address.getHostAddress())
                || embedded(address.getAddress())
                        .filter(HostNames::isNobodyElses)
                        .isPresent();
    }

    /** The address of version 4 to which a network translates one of version 6 (RFC 6052, RFC 3056, RFC 4291). */
    private static Optional<InetAddress> embedded(byte[] address) {
        if (address.length != 16) {
            return Optional.empty();
        }
        String prefix = HexFormat.of().formatHex(address, 0, 12);
        int at = prefix.equals(TRANSLATED) || prefix.equals(COMPATIBLE) ? 12 : prefix.startsWith("2002") ? 2 : -1;
        try {
            return at < 0
                    ? Optional.empty()
                    : Optional.of(InetAddress.getByAddress(Arrays.copyOfRange(address, at, at + 4)));
        } catch (UnknownHostException never) {
            throw new IllegalStateException(never);
        }
    }
}
