package io.imaas.server;

import io.imaas.model.identity.LoginAttempt;
import io.imaas.port.IdentityProvider;
import io.imaas.server.Problems.HttpProblem;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Logins at the company's identity provider. A provider that is slow keeps nobody else waiting. */
final class ProviderLogin implements AutoCloseable {
    private static final String COOKIE = "imaas-login";
    private static final String CALLBACK = "/login/callback";
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int THREADS = 4;
    private static final int WAITING = 64;

    private final IdentityProvider provider;
    private final Sessions sessions;
    private final Bearers bearers;
    private final URI url;
    private final SecureRandom random = new SecureRandom();
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(THREADS, THREADS, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(WAITING));

    /** @param url where people reach this server; null: where it listens */
    ProviderLogin(IdentityProvider provider, Sessions sessions, Bearers bearers, URI url) {
        this.provider = provider;
        this.sessions = sessions;
        this.bearers = bearers;
        this.url = url;
        threads.allowCoreThreadTimeOut(true);
    }

    void addTo(RoutesConfig routes) {
        routes.get("/login/provider", this::begin);
        routes.get(CALLBACK, this::end);
    }

    private void begin(Context ctx) {
        LoginAttempt attempt = LoginAttempt.begin(random);
        URI callback = callback(ctx);
        String next = Login.next(ctx.queryParam("next"));
        sessions.keep(
                ctx,
                COOKIE,
                attempt.seed().reveal() + "."
                        + Base64.getUrlEncoder().withoutPadding().encodeToString(next.getBytes(StandardCharsets.UTF_8)),
                PATIENCE);
        ask(ctx, () -> provider.address(attempt, callback), address -> ctx.redirect(address.toString()));
    }

    private void end(Context ctx) {
        String[] kept = sessions.kept(ctx, COOKIE).orElse("").split("\\.", 2);
        LoginAttempt attempt = LoginAttempt.of(kept[0])
                .orElseThrow(() -> new HttpProblem(
                        400, "this login was not begun in this browser, or too long ago", "open /login"));
        String next = kept.length < 2 ? "/" : next(kept[1]);
        URI callback = callback(ctx);
        URI returned = returned(ctx, callback);
        // One answer for one attempt, however it ends.
        sessions.keep(ctx, COOKIE, "", Duration.ZERO);
        ask(ctx, () -> provider.identity(attempt, callback, returned), identity -> {
            sessions.begin(ctx, () -> Optional.of(bearers.visitor(identity)));
            ctx.redirect(next);
        });
    }

    private <T> void ask(Context ctx, Supplier<T> question, Consumer<T> then) {
        try {
            CompletableFuture<T> answer = CompletableFuture.supplyAsync(question, threads);
            ctx.future(() -> answer.thenAccept(then));
        } catch (RejectedExecutionException e) {
            throw new HttpProblem(503, "too many people wait for the identity provider", "try again in a minute");
        }
    }

    private URI callback(Context ctx) {
        URI own = url == null ? URI.create("http://127.0.0.1:" + ctx.port()) : url;
        return URI.create(own.toString().replaceFirst("/+$", "") + CALLBACK);
    }

    private static URI returned(Context ctx, URI callback) {
        try {
            return URI.create(callback + "?" + ctx.queryString());
        } catch (IllegalArgumentException e) {
            throw new HttpProblem(400, "the identity provider's answer is malformed", "open /login");
        }
    }

    private static String next(String kept) {
        try {
            return Login.next(new String(Base64.getUrlDecoder().decode(kept), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return "/";
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
