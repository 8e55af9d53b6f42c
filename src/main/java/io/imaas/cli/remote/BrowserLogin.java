package io.imaas.cli.remote;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.imaas.cli.Browser;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.LoginAttempt;
import io.imaas.model.identity.LoginTokens;
import io.imaas.port.CommandLineLogin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A login with a browser of this machine, which comes back to this process (RFC 8252).
 *
 * @param port on loopback where it comes back; 0 for any that is free
 */
public record BrowserLogin(Browser browser, int port) {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    LoginTokens tokens(CommandLineLogin provider, Consumer<String> told) throws InterruptedException {
        LoginAttempt attempt = LoginAttempt.begin(new SecureRandom());
        CompletableFuture<String> back = new CompletableFuture<>();
        HttpServer http = listen();
        try {
            // Providers know 'localhost' with any port more often than the address.
            URI callback = URI.create("http://localhost:" + http.getAddress().getPort() + "/callback");
            http.createContext("/callback", exchange -> take(exchange, attempt, back));
            http.start();
            URI address = provider.address(attempt, callback);
            told.accept("Log in at " + provider.name() + " in your browser: " + address);
            browser.open(address.toString());
            URI returned = URI.create(callback + "?" + back.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            return provider.tokens(attempt, callback, returned);
        } catch (TimeoutException | ExecutionException e) {
            throw FailureException.input(
                    "nobody logged in within " + PATIENCE.toMinutes() + " minutes",
                    provider.name(),
                    "try again; with a browser on another machine: --device");
        } finally {
            http.stop(0);
        }
    }

    private HttpServer listen() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), 0);
        } catch (IOException e) {
            throw FailureException.input(
                    "the browser has nowhere to come back to: " + e.getMessage(),
                    "--callback-port",
                    "choose another port that the identity provider knows");
        }
    }

    /** Only the browser that was sent there knows the state; whatever else comes is no answer. */
    private static void take(HttpExchange exchange, LoginAttempt attempt, CompletableFuture<String> back)
            throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        boolean ours = query != null && Arrays.asList(query.split("&")).contains("state=" + attempt.state());
        byte[] page = (ours
                        ? "The browser is done. Go on at the command line; it says whether you are logged in."
                        : "This is no answer to the login that waits here.")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(ours ? 200 : 400, page.length);
        exchange.getResponseBody().write(page);
        exchange.close();
        if (ours) {
            back.complete(query);
        }
    }
}
