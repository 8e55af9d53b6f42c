package io.imaas.server;

import io.imaas.app.assembly.Opened;
import io.imaas.app.hub.Hub;
import io.imaas.model.failure.FailureException;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.plugin.bundled.RateLimitPlugin;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.internal.HttpConnection;

/** The HTTP server. */
public final class Server implements AutoCloseable {
    private static final int GRACE_MILLIS = 10_000;

    /** Its routes are the table that tests go through. */
    final Javalin javalin;

    private final Opened behind;
    private final String host;

    private Server(Javalin javalin, Opened behind, String host) {
        this.behind = behind;
        this.javalin = javalin;
        this.host = host;
    }

    /**
     * Serves until it is closed.
     *
     * @throws FailureException INPUT when the port is taken
     */
    public static Server start(ServerSettings settings, Served served) {
        Hub hub = served.hub();
        Telemetry telemetry = new Telemetry(served);
        Intake intake = new Intake(hub, settings, served.clock(), telemetry);
        Sessions sessions = new Sessions(
                served.clock(),
                settings.url() != null && "https".equals(settings.url().getScheme()));
        Login login = new Login(settings, served.clock(), sessions);
        Opened behind = new Opened();
        Optional<ProviderLogin> people = settings.provider()
                .map(provider -> behind.add(new ProviderLogin(provider, sessions, hub, settings.url())));
        News news = behind.add(new News(served.views()));
        Javalin javalin = Javalin.create(config -> {
            configure(config);
            RoutesConfig routes = config.routes;
            Problems.handleBy(routes);
            routes.before(ctx -> ctx.header("X-Content-Type-Options", "nosniff"));
            routes.post("/hooks/{kind}", intake::take);
            AuditRoutes audit = new AuditRoutes(served, login);
            Api api = new Api(served, login, audit);
            api.addTo(routes);
            routes.post("/api/v1/mcp", new Mcp(login, api.routes())::take);
            audit.addTo(routes);
            // Before the stream begins: it begins with a 200.
            routes.before("/api/v1/news", login::of);
            routes.sse("/api/v1/news", news::open);
            login.addTo(routes);
            people.ifPresent(each -> each.addTo(routes));
            new Pages(served, login).addTo(routes);
            new PageRequests(served, login, sessions).addTo(routes);
            routes.get("/healthz", ctx -> ctx.result("ok\n"));
            routes.get("/readyz", ctx -> ready(ctx, hub));
            routes.get("/metrics", ctx -> ctx.contentType(Telemetry.TYPE).result(telemetry.text()));
        });
        try {
            javalin.start(settings.host(), settings.port());
        } catch (RuntimeException e) {
            behind.close();
            throw FailureException.input(
                    "the server can't listen: " + e.getMessage(),
                    settings.host() + ":" + settings.port(),
                    "choose another --port");
        }
        return new Server(javalin, behind, settings.host());
    }

    private static void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.http.prefer405over404 = true;
        config.http.generateEtags = true;
        config.registerPlugin(new RateLimitPlugin(limits ->
                limits.setKeyFunction(ctx -> ctx.path() + " " + ctx.req().getRemoteAddr())));
        config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
        config.jetty.modifyServer(jetty -> {
            jetty.setStopTimeout(GRACE_MILLIS);
            jetty.setErrorHandler(Problems::ofTheContainer);
        });
    }

    private static void ready(Context ctx, Hub hub) {
        boolean ready = hub.knowsPlatform();
        ctx.status(ready ? 200 : 503).result(ready ? "ready\n" : "the platform repository was not read yet\n");
    }

    /** Where it listens. */
    public URI address() {
        return URI.create("http://" + host + ":" + javalin.port());
    }

    private static boolean isIdle(EndPoint client) {
        return client.getConnection() instanceof HttpConnection http
                && http.getHttpChannel().getRequest() == null;
    }

    /** Takes nothing new, and ends what it has begun. Connections that only wait for a next request are closed at once. */
    @Override
    public void close() {
        behind.close();
        Stream.of(javalin.jettyServer().server().getConnectors())
                .flatMap(connector -> connector.getConnectedEndPoints().stream())
                .filter(Server::isIdle)
                .forEach(EndPoint::close);
        javalin.stop();
    }
}
