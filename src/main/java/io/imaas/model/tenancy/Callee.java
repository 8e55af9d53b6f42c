package io.imaas.model.tenancy;

import io.imaas.model.failure.FailureException;
import java.io.Serializable;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What services may call: the addresses of a range, or a namespace's pods.
 *
 * @param text as a file says it, such as {@code 10.1.0.0/16} or {@code shared}
 * @param network the bits that all addresses of the range have in common; null for a namespace
 * @param size of an address in bits; 0 for a namespace
 * @param prefix how many bits are in common
 */
public record Callee(String text, BigInteger network, int size, int prefix) implements Serializable {
    /** Nothing else is asked of the network: a name would be looked up. */
    private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}([.][0-9]{1,3}){3}|[0-9a-fA-F.]*:[0-9a-fA-F:.]*");

    /** Special addresses of version 4 (IANA's registry), and of version 6 all but 2000::/3, which is global unicast. */
    private static final List<Callee> INTERNAL = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "224.0.0.0/3",
                    "::/3",
                    "4000::/2",
                    "8000::/1")
            .map(Callee::parse)
            .toList();

    /** @throws FailureException INPUT when it is no range as Kubernetes takes it */
    public static Callee parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return new Callee(text, null, 0, 0);
        }
        String address = text.substring(0, slash);
        try {
            if (ADDRESS.matcher(address).matches()) {
                byte[] bytes = InetAddress.getByName(address).getAddress();
                int size = bytes.length * Byte.SIZE;
                int prefix = Integer.parseInt(text.substring(slash + 1));
                if (prefix <= size) {
                    return new Callee(text, new BigInteger(1, bytes).shiftRight(size - prefix), size, prefix);
                }
            }
        } catch (UnknownHostException | NumberFormatException e) {
            // Told below.
        }
        throw FailureException.input(
                "'" + text + "' is no range of addresses",
                "write one such as 10.1.0.0/16, or 10.1.2.3/32 for one address");
    }

    /** Whether clusters, nodes, clouds or the company's own systems may have addresses in it; it is more than the Internet. */
    public boolean isInternal() {
        return network == null
                ? text.startsWith("kube-")
                : INTERNAL.stream().anyMatch(one -> one.covers(this) || covers(one));
    }

    /** Whether whoever may call this may call the other. */
    public boolean covers(Callee other) {
        return network == null
                ? text.equals(other.text)
                : size == other.size
                        && prefix <= other.prefix
                        && other.network.shiftRight(other.prefix - prefix).equals(network);
    }
}
