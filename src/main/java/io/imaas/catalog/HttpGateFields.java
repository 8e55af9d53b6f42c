package io.imaas.catalog;

import io.imaas.model.failure.FailureException;
import io.imaas.model.policy.AdmissionPolicy.Expression;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.HttpGate;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads {@code gates} and {@code gateHosts} of the platform's file. */
record HttpGateFields(Section root, Findings findings) {
    private static final Duration SOON = Duration.ofMinutes(1);

    List<HttpGate> read() {
        Set<String> hosts = hosts();
        Map<String, Integer> lines = new HashMap<>();
        List<HttpGate> gates =
                root.sections("gates").stream().map(gate -> gate(gate, hosts)).toList();
        gates.forEach(gate -> findings.isNew(lines, gate.name(), gate.where(), "duplicate-gate", "the gate"));
        return gates;
    }

    /** Which hosts are asked at all, in lower case. */
    Set<String> hosts() {
        Set<String> hosts = new HashSet<>();
        root.values("gateHosts", "bad-host", host -> host)
                .forEach(host -> hosts.add(host.value().toLowerCase(Locale.ROOT)));
        return hosts;
    }

    List<EnvironmentName> environments(Section given) {
        return given.list("environments", "bad-name", EnvironmentName::new);
    }

    HttpGate.Call call(Section http, Set<String> hosts) {
        return new HttpGate.Call(
                http.text("method").orElse("GET"),
                http.value("url", "gate-host", text -> allowed(text, hosts), ""),
                http.section("headers").texts(),
                http.word("body"),
                http.word("credential"),
                http.choice("login", HttpGate.Login.BEARER));
    }

    private HttpGate gate(Section given, Set<String> hosts) {
        return new HttpGate(
                given.word("name"),
                given.at("name"),
                environments(given),
                call(given.section("http"), hosts),
                new Expression("open", given.text("open").orElse("false"), given.at("open")),
                expression(given, "closedReason"),
                given.value("askAgain", "bad-time", Times::span, SOON),
                given.value("timeout", "bad-time", Times::span, Duration.ZERO),
                given.has("ticket")
                        ? ticket(given.section("ticket"), call(given.section("http"), hosts), hosts)
                        : null);
    }

    private static HttpGate.Ticket ticket(Section given, HttpGate.Call like, Set<String> hosts) {
        return new HttpGate.Ticket(
                expression(given, "missing"),
                expression(given, "id"),
                sent(given, "create", like, hosts),
                sent(given, "succeeded", like, hosts),
                sent(given, "failed", like, hosts));
    }

    private static Expression expression(Section given, String key) {
        return given.has(key) ? new Expression(key, given.word(key), given.at(key)) : null;
    }

    private static HttpGate.Call sent(Section given, String key, HttpGate.Call like, Set<String> hosts) {
        if (!given.has(key)) {
            return null;
        }
        Section call = given.section(key);
        return new HttpGate.Call(
                call.text("method").orElse("POST"),
                call.value("url", "gate-host", text -> allowed(text, hosts), ""),
                like.headers(),
                call.word("body"),
                like.credential(),
                like.login());
    }

    /** Plain http only to hosts that are named with it; and no word of a request may be the host. */
    private static String allowed(String url, Set<String> hosts) {
        try {
            URI uri = new URI(url.replaceAll("\\$\\{[a-z]+}", "x"));
            String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
            String place = host + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
            String begin = url.substring(0, Math.min(url.length(), url.indexOf('/', url.indexOf("//") + 2) + 1));
            boolean plain = "http".equals(uri.getScheme());
            if (uri.getUserInfo() != null
                    || begin.contains("${")
                    || host.isEmpty()
                    || !(plain || "https".equals(uri.getScheme()))) {
                throw FailureException.input(
                        "this is not a URL that a gate asks",
                        "write https://HOST/PATH, without a login and with a fixed host");
            }
            if (!hosts.contains(plain ? "http://" + place : place) && (plain || !hosts.contains(host))) {
                throw FailureException.input(
                        "'" + place + "' is not among gateHosts",
                        "add it: gateHosts: [" + (plain ? "'http://" + place + "'" : place) + "]");
            }
            return url;
        } catch (URISyntaxException e) {
            throw FailureException.input(
                    "this is not a URL",
                    url.matches(".*(?<!\\$)\\{[a-z]+}.*")
                            ? "write " + url.replaceAll("(?<!\\$)(\\{[a-z]+})", "\\$$1")
                            : "write https://HOST/PATH");
        }
    }
}
