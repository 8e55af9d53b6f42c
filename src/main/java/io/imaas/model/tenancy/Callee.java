package io.imaas.model.tenancy;

import io.imaas.model.failure.FailureException;
import java.io.Serializable;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

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

    /** Whether whoever may call this may call the other. */
    public boolean covers(Callee other) {
        return network == null
                ? text.equals(other.text)
                : size == other.size
                        && prefix <= other.prefix
                        && other.network.shiftRight(other.prefix - prefix).equals(network);
    }
}
