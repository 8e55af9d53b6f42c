package io.imaas.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The proxies that {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY} name, as curl, Git and kubectl read them: Java
 * knows none of these variables. This machine itself is never reached by a proxy.
 */
final class EnvironmentProxies extends ProxySelector {
    private static final int USUAL_PORT = 80;

    private final Map<String, InetSocketAddress> byScheme;
    private final List<String> direct;
    private final List<String> unused;

    private EnvironmentProxies(Map<String, InetSocketAddress> byScheme, List<String> direct, List<String> unused) {
        this.byScheme = byScheme;
        this.direct = direct;
        this.unused = unused;
    }

    /** Empty where no variable names a proxy. One with a login is not used: there is no safe way to give it to all clients. */
    static Optional<EnvironmentProxies> of(Map<String, String> environment) {
        UnaryOperator<String> read =
                name -> environment.getOrDefault(name.toLowerCase(Locale.ROOT), environment.getOrDefault(name, ""));
        Map<String, InetSocketAddress> proxies = new HashMap<>();
        List<String> unused = new ArrayList<>();
        for (String scheme : List.of("https", "http")) {
            String name = scheme.toUpperCase(Locale.ROOT) + "_PROXY";
            String value = read.apply(name).strip();
            address(value).ifPresent(proxy -> proxies.put(scheme, proxy));
            if (!value.isEmpty() && !proxies.containsKey(scheme)) {
                unused.add(name);
            }
        }
        List<String> direct = Arrays.stream(read.apply("NO_PROXY").split(","))
                .map(one -> one.strip().toLowerCase(Locale.ROOT))
                .filter(one -> !one.isEmpty())
                .toList();
        return proxies.isEmpty() && unused.isEmpty()
                ? Optional.empty()
                : Optional.of(new EnvironmentProxies(proxies, direct, unused));
    }

    private static Optional<InetSocketAddress> address(String value) {
        try {
            URI uri = URI.create(value.contains("://") ? value : "http://" + value);
            return uri.getHost() == null || uri.getUserInfo() != null
                    ? Optional.empty()
                    : Optional.of(InetSocketAddress.createUnresolved(
                            uri.getHost(), uri.getPort() < 0 ? USUAL_PORT : uri.getPort()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<Proxy> select(URI uri) {
        InetSocketAddress proxy = byScheme.get(String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT));
        return List.of(proxy == null || isDirect(uri) ? Proxy.NO_PROXY : new Proxy(Proxy.Type.HTTP, proxy));
    }

    private boolean isDirect(URI uri) {
        String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
        return host.equals("localhost")
                || host.startsWith("127.")
                || host.equals("[::1]")
                || direct.stream().anyMatch(rule -> matches(rule, host, host + ":" + uri.getPort()));
    }

    /** A host with those below it, with or without a port; {@code *} for all; a range of IPv4 addresses. */
    private static boolean matches(String rule, String host, String withPort) {
        String name = rule.startsWith("*.") ? rule.substring(1) : rule;
        String below = name.startsWith(".") ? name : "." + name;
        return rule.equals("*")
                || host.equals(name)
                || withPort.equals(name)
                || ("." + host).endsWith(below)
                || withPort.endsWith(below)
                || isWithin(rule, host);
    }

    private static boolean isWithin(String range, String host) {
        String[] parts = range.split("/");
        if (parts.length != 2 || !parts[1].matches("\\d{1,2}")) {
            return false;
        }
        int bits = Math.min(32, Integer.parseInt(parts[1]));
        long mask = bits == 0 ? 0 : -1L << (32 - bits);
        Optional<Long> network = number(parts[0]);
        return network.isPresent()
                && number(host)
                        .filter(address -> (address & mask) == (network.get() & mask))
                        .isPresent();
    }

    private static Optional<Long> number(String address) {
        if (!address.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
            return Optional.empty();
        }
        long number = 0;
        for (String part : address.split("\\.")) {
            number = number << 8 | Integer.parseInt(part);
        }
        return Optional.of(number);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress proxy, IOException problem) {
        // Whoever asked is told the same.
    }

    /** Lines for a message about a server that was not reached. */
    List<String> told() {
        List<String> lines = new ArrayList<>();
        byScheme.forEach((scheme, proxy) -> lines.add(scheme + " goes by the proxy " + proxy.getHostString() + ":"
                + proxy.getPort() + "; NO_PROXY lists hosts that are asked directly"));
        unused.forEach(name -> lines.add(name + " is not used: it must be http://HOST:PORT, without a login"));
        return lines;
    }
}
