package io.imaas.cli.doctor;

import io.imaas.adapter.oidc.OidcSettings;
import io.imaas.adapter.oidc.ProviderCheck;
import io.imaas.app.assembly.EventHub;
import io.imaas.cli.ServeCommand;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.port.Clock;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * What 'imaas serve' will need.
 *
 * @param tokens whether people may have tokens of a file
 */
record ServeChecks(ServeOptions options, boolean tokens, Web web, Clock clock) {
    private static final int OK = 200;

    List<Check> all() {
        List<Check> all = new ArrayList<>(List.of(
                new Check("Secret of web hooks", () -> secret(options.secret)),
                options.events == null
                        ? new Check("Data folder", new FolderCheck(options.folder()))
                        : new Check("Broker of events", () -> events(options.events)),
                new Check("Address for people", () -> url(options.url)),
                new Check("Identity provider", () -> provider(options.issuer))));
        if (options.issuer != null) {
            all.add(new Check(
                    "Clock of the identity provider",
                    () -> new ClockCheck(description(options.issuer), web, clock).get()));
        }
        return all;
    }

    private static URI description(String issuer) {
        OidcSettings.requireSafe(issuer, "--oidc-issuer");
        return URI.create(issuer.replaceFirst("/$", "") + "/.well-known/openid-configuration");
    }

    private static CheckResult secret(Secret secret) {
        if (secret == null) {
            return CheckResult.fail(
                    "there is no secret for web hooks, and 'imaas serve' does not start", ServeCommand.NEW_SECRET);
        }
        return secret.reveal().length() < ServeCommand.SHORT_SECRET
                ? CheckResult.warn("the secret of web hooks can be guessed", ServeCommand.NEW_SECRET)
                : CheckResult.ok("set, and long enough");
    }

    private static CheckResult events(Secret broker) {
        return CheckResult.ok(EventHub.check(broker) + " lets us in");
    }

    private CheckResult url(URI url) {
        if (url == null) {
            return options.issuer == null
                    ? CheckResult.skipped("not given: people come to where it listens", "name it with --url URL")
                    : CheckResult.fail(
                            "the identity provider must know where to send people back",
                            "give --url https://HOST, and register https://HOST/login/callback there");
        }
        OidcSettings.requireSafe(url.toString(), "--url");
        URI health = URI.create(url.toString().replaceFirst("/+$", "") + "/healthz");
        Web.Answer answer;
        try {
            answer = web.get(health, "", null);
        } catch (FailureException e) {
            return CheckResult.warn(
                    url + " is not reached from here: " + e.failure().what(),
                    "start 'imaas serve', and let the name and the proxy lead to it");
        }
        return answer.statusCode() == OK && answer.body().strip().equals("ok")
                ? CheckResult.ok(url + " leads to 'imaas serve'")
                : CheckResult.fail(
                        health + " answers with HTTP " + answer.statusCode() + " and is not 'imaas serve'",
                        "let the proxy forward all paths of " + url + " to 'imaas serve', unchanged");
    }

    private CheckResult provider(String issuer) {
        if (issuer == null) {
            return tokens
                    ? CheckResult.skipped("not given: people log in with tokens", "name it with --oidc-issuer URL")
                    : CheckResult.warn(
                            "nobody can log in: pages and API answer this machine alone",
                            "give 'imaas serve' --oidc-issuer URL, or --tokens FILE");
        }
        ProviderCheck found;
        try {
            found = ProviderCheck.of(issuer, clock);
        } catch (FailureException e) {
            return CheckResult.fail(
                    issuer + ": " + e.failure().what(),
                    "write the issuer exactly as its tokens name it, and let this machine reach " + issuer
                            + "/.well-known/openid-configuration");
        }
        if (found.keys() == 0) {
            return CheckResult.fail(
                    issuer + " shows no key to verify its tokens by", "let it sign by a key of RSA or EC");
        }
        return found.pkce()
                ? CheckResult.ok(issuer + " answers, with " + found.keys() + " keys; logins by device: "
                        + (found.device() ? "yes" : "no"))
                : CheckResult.warn(issuer + " does not say that it knows PKCE (S256)", "turn PKCE on for this client");
    }
}
