package io.imaas.server;

import io.imaas.app.access.Accounts;
import io.imaas.app.access.Visitor;
import io.imaas.model.identity.Secret;
import io.imaas.port.Clock;
import io.imaas.server.page.LoginPage;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Who asks: by a bearer token, or by a session that a token began. Where nobody has a token, only this very machine is
 * answered, and it may only look.
 */
final class Login {
    private static final String COOKIE = "imaas-session";
    private static final String BEARER = "Bearer ";
    private static final Duration SESSION = Duration.ofHours(8);
    private static final int MOST = 10_000;

    private final Supplier<Optional<Accounts>> accounts;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    /** The token itself is looked up each time, so that one that is taken back ends its sessions. */
    private record Session(Secret token, Instant ends) {}

    /** @param accounts as they are now; empty where there are none */
    Login(Supplier<Optional<Accounts>> accounts, Clock clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/login", ctx -> Pages.html(ctx, LoginPage.of(next(ctx.queryParam("next")), ""), ""));
        routes.post("/login", this::begin);
        routes.post("/logout", this::end);
    }

    /**
     * Who asks.
     *
     * @throws HttpProblem 401 when they did not say, 403 from elsewhere where nobody has a token
     */
    Visitor of(Context ctx) {
        Optional<Accounts> known = accounts.get();
        if (known.isEmpty()) {
            ThisMachineOnly.require(ctx);
            return Visitor.atTheMachine();
        }
        String header = ctx.header("Authorization");
        Optional<Secret> token = header != null && header.startsWith(BEARER)
                ? Optional.of(new Secret(header.substring(BEARER.length())))
                : session(ctx).map(Session::token);
        return token.flatMap(one -> known.get().find(one, clock.now())).orElseThrow(() -> {
            ctx.header("WWW-Authenticate", "Bearer");
            return new HttpProblem(401, "log in first", "send 'Authorization: Bearer TOKEN'");
        });
    }

    /** A page of another site can make a browser send the cookie, but neither a bearer token nor our own origin. */
    void requireOwnPage(Context ctx) {
        String header = ctx.header("Authorization");
        boolean bearer = header != null && header.startsWith(BEARER);
        String site = ctx.header("Sec-Fetch-Site");
        String origin = ctx.header("Origin");
        boolean own = "same-origin".equals(site)
                || (site == null && origin != null && ctx.host() != null && origin.endsWith("://" + ctx.host()));
        if (!bearer && !own) {
            throw new HttpProblem(403, "this was not sent by a page of this server", "open the page and try again");
        }
    }

    private Optional<Session> session(Context ctx) {
        String id = ctx.cookie(COOKIE);
        return id == null
                ? Optional.empty()
                : Optional.ofNullable(sessions.get(id))
                        .filter(session -> clock.now().isBefore(session.ends()));
    }

    private void begin(Context ctx) {
        requireOwnPage(ctx);
        String given = ctx.formParam("token");
        Secret token = new Secret(given == null || given.isBlank() ? "none" : given.strip());
        Optional<Visitor> visitor = accounts.get().flatMap(known -> known.find(token, clock.now()));
        String next = next(ctx.formParam("next"));
        if (visitor.isEmpty()) {
            ctx.status(403);
            Pages.html(ctx, LoginPage.of(next, "This token is unknown or has expired."), "");
            return;
        }
        Instant now = clock.now();
        sessions.values().removeIf(session -> !now.isBefore(session.ends()));
        if (sessions.size() >= MOST) {
            throw new HttpProblem(503, "too many people are logged in", "try again later");
        }
        byte[] id = new byte[32];
        random.nextBytes(id);
        String name = HexFormat.of().formatHex(id);
        sessions.put(name, new Session(token, now.plus(SESSION)));
        ctx.cookie(cookie(ctx, name, (int) SESSION.toSeconds())).redirect(next);
    }

    private void end(Context ctx) {
        requireOwnPage(ctx);
        String id = ctx.cookie(COOKIE);
        if (id != null) {
            sessions.remove(id);
        }
        ctx.cookie(cookie(ctx, "", 0)).redirect("/login");
    }

    private static Cookie cookie(Context ctx, String value, int seconds) {
        boolean https = ctx.scheme().equals("https") || "https".equals(ctx.header("X-Forwarded-Proto"));
        Cookie cookie = new Cookie(COOKIE, value);
        cookie.setMaxAge(seconds);
        cookie.setPath("/");
        cookie.setHttpOnly(true);
        cookie.setSecure(https);
        cookie.setSameSite(SameSite.LAX);
        return cookie;
    }

    /** An address of this server; anything else is the overview. */
    private static String next(String wanted) {
        if (wanted == null || !wanted.startsWith("/") || wanted.startsWith("//") || wanted.contains("\\")) {
            return "/";
        }
        try {
            return URI.create(wanted).getHost() == null ? wanted : "/";
        } catch (IllegalArgumentException e) {
            return "/";
        }
    }
}
