package io.imaas.server;

import io.imaas.app.access.Visitor;
import io.imaas.model.identity.Secret;
import io.imaas.port.IdentityProvider;
import io.imaas.report.Json;
import io.imaas.server.Problems.HttpProblem;
import io.imaas.server.Sessions.Session;
import io.imaas.server.api.Answers;
import io.imaas.server.page.LoginPage;
import io.imaas.server.page.Reader;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Who asks: by a bearer token, or by a session that a token or the identity provider began. Where there is neither, only
 * this very machine is answered, and it may only look.
 */
record Login(Bearers bearers, Optional<IdentityProvider> provider, Sessions sessions) {
    private static final String BEARER = "Bearer ";

    void addTo(RoutesConfig routes) {
        routes.get("/login", ctx -> show(ctx, next(ctx.queryParam("next")), ""));
        routes.post("/login", this::begin);
        routes.post("/logout", this::end);
    }

    /**
     * Who asks.
     *
     * @throws HttpProblem 401 when they did not say, 403 from elsewhere where nobody can log in
     */
    Visitor of(Context ctx) {
        return reader(ctx).visitor();
    }

    /** The same, for a page. */
    Reader reader(Context ctx) {
        if (bearers.isNobody()) {
            ThisMachineOnly.require(ctx);
            return Reader.nobody();
        }
        return later(ctx).get().orElseThrow(() -> {
            ctx.header("WWW-Authenticate", "Bearer");
            return isBearer(ctx)
                    ? new HttpProblem(
                            401, "the token is not accepted here: it has ended, or never counted", "get a new one")
                    : new HttpProblem(401, "log in first", "send 'Authorization: Bearer TOKEN'");
        });
    }

    /** Whoever sent a request, asked for after its end: nobody any more when the session or the token has ended. */
    Supplier<Optional<Reader>> later(Context ctx) {
        if (bearers.isNobody()) {
            return () -> Optional.of(Reader.nobody()).filter(nobody -> bearers.isNobody());
        }
        if (isBearer(ctx)) {
            Secret token = bearer(ctx);
            return () -> bearers.find(token).map(Reader::of);
        }
        Supplier<Optional<Session>> session = sessions.later(ctx);
        return () -> session.get().flatMap(one -> one.visitor().map(one::reader));
    }

    /** A page of another site can make a browser send the cookie, but neither a bearer token nor our own origin. */
    void requireOwnPage(Context ctx) {
        String site = ctx.header("Sec-Fetch-Site");
        String origin = ctx.header("Origin");
        boolean own = "same-origin".equals(site)
                || (site == null && origin != null && ctx.host() != null && origin.endsWith("://" + ctx.host()));
        if (!isBearer(ctx) && !own) {
            throw new HttpProblem(403, "this was not sent by a page of this server", "open the page and try again");
        }
    }

    /**
     * What is measured tells of all tenants: it is for Prometheus, which asks directly, and for who sees all.
     *
     * @throws HttpProblem 401 or 403 for others whom a proxy leads here
     */
    void requireMonitoring(Context ctx) {
        if (ThisMachineOnly.isHandedOn(ctx) && !of(ctx).seesAll()) {
            throw new HttpProblem(
                    403, "this tells of all tenants", "ask without the proxy, or with a token that sees all tenants");
        }
    }

    /**
     * Somebody who sends a form of a page of theirs.
     *
     * @throws HttpProblem 403 when the form is not of this session
     */
    Reader requireOwnForm(Context ctx) {
        requireOwnPage(ctx);
        Reader reader = reader(ctx);
        if (sessions.of(ctx).filter(session -> session.wrote(ctx)).isEmpty()) {
            throw new HttpProblem(403, "this form is not of this session", "open the page again and send it once more");
        }
        return reader;
    }

    private static boolean isBearer(Context ctx) {
        String header = ctx.header("Authorization");
        return header != null && header.startsWith(BEARER);
    }

    private static Secret bearer(Context ctx) {
        return new Secret(ctx.header("Authorization").substring(BEARER.length()));
    }

    private void show(Context ctx, String next, String refusal) {
        Pages.html(
                ctx,
                LoginPage.of(
                        next,
                        refusal,
                        provider.map(IdentityProvider::name).orElse(""),
                        provider.isEmpty() || bearers.accounts().get().isPresent()),
                Reader.nobody());
    }

    void tell(Context ctx) {
        Answers.CommandLine how = provider.flatMap(IdentityProvider::commandLine)
                .map(client -> new Answers.CommandLine(client.issuer(), client.id()))
                .orElse(new Answers.CommandLine("", ""));
        ctx.contentType("application/json").result(Json.pretty(how));
    }

    private void begin(Context ctx) {
        requireOwnPage(ctx);
        String given = ctx.formParam("token");
        Secret token = new Secret(given == null || given.isBlank() ? "none" : given.strip());
        String next = next(ctx.formParam("next"));
        if (bearers.given(token).isEmpty()) {
            ctx.status(403);
            show(ctx, next, "This token is unknown or has expired.");
            return;
        }
        sessions.begin(ctx, () -> bearers.given(token));
        ctx.redirect(next);
    }

    private void end(Context ctx) {
        requireOwnForm(ctx);
        sessions.end(ctx);
        ctx.redirect("/login");
    }

    /** An address of this server; anything else is the overview. */
    static String next(String wanted) {
        if (wanted == null || !wanted.startsWith("/") || wanted.startsWith("//") || wanted.contains("\\")) {
            return "/";
        }
        try {
            return URI.create(wanted).getHost() == null ? wanted : "/";
        } catch (IllegalArgumentException e) {
            return "/";
        }
    }

    /**
     * Turns away who does not ask from this very machine. The API shows every tenant's events and knows no logins: what a
     * proxy hands on may come from anywhere.
     */
    private static final class ThisMachineOnly {
        private static final Set<String> LOOPBACK =
                Set.of("127.0.0.1", "::1", "[::1]", "0:0:0:0:0:0:0:1", "[0:0:0:0:0:0:0:1]");
        private static final List<String> HANDED_ON =
                List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via");

        /** As a browser on this machine names it. Any other name may be a stranger's that points here. */
        private static final Pattern OWN_NAME = Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?");

        private ThisMachineOnly() {}

        static boolean isHandedOn(Context ctx) {
            return HANDED_ON.stream().anyMatch(name -> ctx.header(name) != null);
        }

        static void require(Context ctx) {
            String host = ctx.host();
            boolean renamed = host == null || !OWN_NAME.matcher(host).matches();
            if (isHandedOn(ctx) || renamed || !LOOPBACK.contains(ctx.req().getRemoteAddr())) {
                throw new HttpProblem(
                        403, "the API answers this machine only", "ask http://127.0.0.1 on the server itself");
            }
        }
    }
}
