package io.imaas.server;

import io.imaas.app.access.Visitor;
import io.imaas.port.Clock;
import io.imaas.server.Problems.HttpProblem;
import io.imaas.server.page.Reader;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Browsers in which somebody is logged in. They are kept in memory: after a restart people log in again. */
final class Sessions {
    private static final String COOKIE = "imaas-session";
    private static final Duration SESSION = Duration.ofHours(8);
    private static final int MOST = 10_000;
    private static final int BYTES = 32;

    private final Clock clock;
    private final boolean https;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    /**
     * @param who asked each time, so that a right that is taken back is gone at once
     * @param csrf stands in every form of this session's pages, and no other site can know it
     */
    record Session(Supplier<Optional<Visitor>> who, String csrf, Instant ends) {
        Optional<Visitor> visitor() {
            return who.get();
        }

        Reader reader(Visitor visitor) {
            return new Reader(visitor, csrf);
        }

        boolean wrote(Context ctx) {
            String given = ctx.formParam("csrf");
            return given != null
                    && MessageDigest.isEqual(
                            given.getBytes(StandardCharsets.UTF_8), csrf.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** @param https whether people reach this server by https whatever a request says */
    Sessions(Clock clock, boolean https) {
        this.clock = clock;
        this.https = https;
    }

    /** @throws HttpProblem 503 when there are too many */
    void begin(Context ctx, Supplier<Optional<Visitor>> who) {
        Instant now = clock.now();
        sessions.values().removeIf(session -> !now.isBefore(session.ends()));
        if (sessions.size() >= MOST) {
            throw new HttpProblem(503, "too many people are logged in", "try again later");
        }
        // Who logs in again has one session and not two.
        kept(ctx, COOKIE).ifPresent(sessions::remove);
        String id = text();
        sessions.put(id, new Session(who, text(), now.plus(SESSION)));
        keep(ctx, COOKIE, id, SESSION);
    }

    Optional<Session> of(Context ctx) {
        return later(ctx).get();
    }

    /** The session of a request, asked for after its end, too. */
    Supplier<Optional<Session>> later(Context ctx) {
        Optional<String> id = kept(ctx, COOKIE);
        return () -> id.map(sessions::get).filter(session -> clock.now().isBefore(session.ends()));
    }

    void end(Context ctx) {
        kept(ctx, COOKIE).ifPresent(sessions::remove);
        keep(ctx, COOKIE, "", Duration.ZERO);
    }

    String text() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Lets the browser keep something that only this server gets back; an empty text is forgotten. */
    void keep(Context ctx, String name, String value, Duration time) {
        Cookie cookie = new Cookie(name(ctx, name), value);
        cookie.setMaxAge((int) time.toSeconds());
        cookie.setPath("/");
        cookie.setHttpOnly(true);
        cookie.setSecure(isHttps(ctx));
        // Not strict: a link in a chat, and the way back from the identity provider, must find the session.
        cookie.setSameSite(SameSite.LAX);
        ctx.cookie(cookie);
    }

    Optional<String> kept(Context ctx, String name) {
        return Optional.ofNullable(ctx.cookie(name(ctx, name))).filter(value -> !value.isEmpty());
    }

    /** A name of this form is taken by browsers from this very host and by https alone: no neighbour can plant one. */
    private String name(Context ctx, String name) {
        return isHttps(ctx) ? "__Host-" + name : name;
    }

    private boolean isHttps(Context ctx) {
        return https || ctx.scheme().equals("https") || "https".equals(ctx.header("X-Forwarded-Proto"));
    }
}
