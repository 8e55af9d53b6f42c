package io.imaas.cli;

import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
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

    /** The JDK's HTTP client asks again and again for a login that was refused, and counts that among redirects. */
    private static final String TRIES = "3";

    private final Map<String, Server> byScheme;
    private final List<String> direct;
    private final List<String> unused;

    private EnvironmentProxies(Map<String, Server> byScheme, List<String> direct, List<String> unused) {
        this.byScheme = byScheme;
        this.direct = direct;
        this.unused = unused;
    }

    /** @param login empty: it asks for none */
    private record Server(InetSocketAddress address, Optional<PasswordAuthentication> login) {
        static Optional<Server> parse(String value) {
            try {
                URI uri = URI.create(value.contains("://") ? value : "http://" + value);
                if (uri.getHost() == null) {
                    return Optional.empty();
                }
                int port = uri.getPort() < 0 ? USUAL_PORT : uri.getPort();
                return Optional.of(new Server(
                        InetSocketAddress.createUnresolved(uri.getHost(), port),
                        Optional.ofNullable(uri.getUserInfo()).map(Server::login)));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        private static PasswordAuthentication login(String words) {
            int colon = words.indexOf(':');
            return colon < 0
                    ? new PasswordAuthentication(words, new char[0])
                    : new PasswordAuthentication(
                            words.substring(0, colon),
                            words.substring(colon + 1).toCharArray());
        }

        boolean is(String host, int port) {
            return address.getHostString().equalsIgnoreCase(host) && address.getPort() == port;
        }
    }

    /** Empty where no variable names a proxy. */
    static Optional<EnvironmentProxies> of(Map<String, String> environment) {
        UnaryOperator<String> read =
                name -> environment.getOrDefault(name.toLowerCase(Locale.ROOT), environment.getOrDefault(name, ""));
        Map<String, Server> proxies = new HashMap<>();
        List<String> unused = new ArrayList<>();
        for (String scheme : List.of("https", "http")) {
            String name = scheme.toUpperCase(Locale.ROOT) + "_PROXY";
            String value = read.apply(name).strip();
            Server.parse(value).ifPresent(proxy -> proxies.put(scheme, proxy));
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

    /** From now on all clients of this process go by these proxies, and log in to them and to nothing else. */
    void install() {
        ProxySelector.setDefault(this);
        if (byScheme.values().stream().allMatch(proxy -> proxy.login().isEmpty())) {
            return;
        }
        // By default the JDK gives no password to a proxy that it asks for a tunnel.
        System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
        System.setProperty("http.maxRedirects", TRIES);
        Authenticator.setDefault(new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return getRequestorType() == RequestorType.PROXY
                        ? login(getRequestingHost(), getRequestingPort()).orElse(null)
                        : null;
            }
        });
    }

    private Optional<PasswordAuthentication> login(String host, int port) {
        return byScheme.values().stream()
                .filter(proxy -> proxy.is(host, port))
                .flatMap(proxy -> proxy.login().stream())
                .findFirst();
    }

    @Override
    public List<Proxy> select(URI uri) {
        Server proxy = byScheme.get(String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT));
        return List.of(proxy == null || isDirect(uri) ? Proxy.NO_PROXY : new Proxy(Proxy.Type.HTTP, proxy.address()));
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
        byScheme.forEach((scheme, proxy) -> lines.add(scheme + " goes by the proxy "
                + proxy.address().getHostString() + ":" + proxy.address().getPort()
                + proxy.login()
                        .map(login -> " with the login of " + login.getUserName())
                        .orElse("")
                + "; NO_PROXY lists hosts that are asked directly"));
        unused.forEach(
                name -> lines.add(name + " is not used: it must be http://[USER:PASSWORD@]HOST:PORT, with %40 for @, "
                        + "%3A for : and %2F for / in the password"));
        return lines;
    }
}
