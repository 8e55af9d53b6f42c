package io.imaas.server;

import io.imaas.app.assembly.Opened;
import io.imaas.app.hub.Hub;
import io.imaas.app.platform.Repeating;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import io.imaas.model.image.Digest;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.port.RepositorySetup;
import io.imaas.server.hook.Hooks;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import io.javalin.plugin.bundled.RateLimitPlugin;
import io.javalin.util.JavalinException;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.EagerContentHandler;
import org.eclipse.jetty.server.handler.EagerContentHandler.RetainedContentLoaderFactory;
import org.eclipse.jetty.util.Callback;

public final class Server implements AutoCloseable {
    private static final int GRACE_MILLIS = 10_000;
    private static final int EAGER_BYTES = 1 << 20;
    /** More than any web hook. */
    private static final int UNREAD_BYTES = 64 << 20;

    private static final int BUFFER = 4 << 10;
    private static final Duration BODY = Duration.ofMinutes(1);
    private static final Duration HEAD = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration ROOM = Duration.ofSeconds(5);
    private static final int CONNECTIONS = 10_000;

    /** Its routes are the table that tests go through. */
    final Javalin javalin;

    private final Opened behind;
    private final ServerSettings settings;
    private final Served served;
    private final Intake intake;

    private Server(Javalin javalin, Opened behind, ServerSettings settings, Served served, Intake intake) {
        this.behind = behind;
        this.javalin = javalin;
        this.settings = settings;
        this.served = served;
        this.intake = intake;
    }

    /**
     * Serves until it is closed.
     *
     * @throws FailureException INPUT when the port is taken
     */
    public static Server start(ServerSettings settings, Served served) {
        Hub hub = served.hub();
        Telemetry telemetry = served.telemetry();
        telemetry.watch(served);
        Intake intake = new Intake(hub, settings, served.clock(), telemetry, served.tracing());
        Sessions sessions = new Sessions(
                served.clock(),
                settings.url() != null && "https".equals(settings.url().getScheme()));
        Bearers bearers = new Bearers(settings.accounts(), settings.provider(), hub, served.clock());
        Login login = new Login(bearers, settings.provider(), sessions);
        Opened behind = new Opened();
        Optional<ProviderLogin> people = settings.provider()
                .map(provider -> behind.add(new ProviderLogin(provider, sessions, bearers, settings.url())));
        Repeating timer = behind.add(new Repeating("imaas-server", failure -> {}));
        // It writes to its listeners, and one who reads slowly holds up nobody else's work.
        News news = behind.add(new News(served, behind.add(new Repeating("imaas-news", failure -> {}))));
        Followers followers = behind.add(new Followers(hub, timer));
        Javalin javalin = Javalin.create(config -> {
            configure(config);
            RoutesConfig routes = config.routes;
            Problems.handleBy(routes, served.defects());
            // What one person sees is for no cache that others use.
            routes.before(ctx ->
                    ctx.header("X-Content-Type-Options", "nosniff").header("Cache-Control", "private, no-cache"));
            routes.post("/hooks/{kind}", intake::take);
            Timeline timeline = new Timeline(served, settings.secret());
            Api api = new Api(served, login, followers, timeline);
            api.addTo(routes);
            routes.post("/api/v1/mcp", new Mcp(login, api.routes())::take);
            // Before the stream begins: it begins with a 200.
            routes.before("/api/v1/news", ctx -> {
                login.of(ctx);
                News.requireStream(ctx);
            });
            routes.sse("/api/v1/news", client -> news.open(login.later(client.ctx()), client));
            login.addTo(routes);
            people.ifPresent(each -> each.addTo(routes));
            new Pages(served, login, timeline).addTo(routes);
            new PageRequests(served, login, sessions).addTo(routes);
            routes.after(Server::tag);
            routes.get("/healthz", ctx -> ctx.result("ok\n"));
            routes.get("/readyz", ctx -> ready(ctx, hub));
            routes.get("/metrics", ctx -> {
                login.requireMonitoring(ctx);
                ctx.contentType(Telemetry.TYPE).result(telemetry.text());
            });
        });
        try {
            javalin.start(settings.host(), settings.port());
        } catch (RuntimeException e) {
            behind.close();
            throw FailureException.input(
                    "the server can't listen: " + Reason.of(e),
                    settings.host() + ":" + settings.port(),
                    "choose another port, or 0 for any that is free");
        }
        org.eclipse.jetty.server.Server jetty = javalin.jettyServer().server();
        HeadDeadline heads = new HeadDeadline(jetty, jetty.getBean(NetworkConnectionLimit.class), HEAD, ROOM);
        timer.every(LOOK, LOOK, heads::look);
        return new Server(javalin, behind, settings, served, intake);
    }

    private static void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.http.prefer405over404 = true;
        // Otherwise each answer, however short, takes one of 32 KiB.
        config.http.responseBufferSize = BUFFER;
        config.registerPlugin(new RateLimitPlugin(limits ->
                limits.setKeyFunction(ctx -> ctx.path() + " " + ctx.req().getRemoteAddr())));
        config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
        config.jetty.modifyServer(jetty -> {
            jetty.setHandler(new UnreadBody(UNREAD_BYTES, HEAD, new BodyDeadline(BODY, new HeadAsGet(eager()))));
            jetty.setStopTimeout(GRACE_MILLIS);
            jetty.setErrorHandler(Problems::ofTheContainer);
            jetty.addBean(new NetworkConnectionLimit(CONNECTIONS, jetty));
        });
    }

    /**
     * What anybody may send is read before a thread is taken: who sends nothing, or byte by byte, holds a connection alone.
     * Elsewhere a request is refused before its body is looked at.
     */
    private static EagerContentHandler eager() {
        EagerContentHandler eager = new EagerContentHandler(new RetainedContentLoaderFactory(EAGER_BYTES, 0, false));
        Hooks.all().keySet().forEach(kind -> eager.includePath("/hooks/" + kind));
        eager.includePath("/login");
        eager.setHandler(new PassedFailures());
        return eager;
    }

    /** Javalin answers HEAD with 200 and nothing else, whatever is there: for it such a request is a GET; Jetty sends no body. */
    private static final class HeadAsGet extends Handler.Wrapper {
        HeadAsGet(Handler next) {
            super(next);
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            return super.handle(
                    HttpMethod.HEAD.is(request.getMethod())
                            ? new Request.Wrapper(request) {
                                @Override
                                public String getMethod() {
                                    return HttpMethod.GET.asString();
                                }
                            }
                            : request,
                    response,
                    callback);
        }
    }

    /** Javalin's own tags are checksums of 32 bits without quotes, and the same for 1.3.1 and 2.1.2. */
    private static void tag(Context ctx) {
        if (ctx.method().equals(HandlerType.GET)
                && ctx.status() == HttpStatus.OK
                && ctx.resultInputStream() instanceof ByteArrayInputStream body) {
            String tag = '"' + Digest.of(body.readAllBytes()).hex() + '"';
            ctx.header("ETag", tag);
            body.reset();
            // Javalin knows one tag alone, as it was sent; one that a proxy changed is W/ and the tag (RFC 9110,
            // 13.1.2).
            String known = Optional.ofNullable(ctx.header("If-None-Match")).orElse("");
            if (known.strip().equals("*") || known.contains(tag)) {
                ctx.status(HttpStatus.NOT_MODIFIED).result("");
            }
        }
    }

    private static void ready(Context ctx, Hub hub) {
        Optional<String> obstacle =
                hub.platform().isPresent() ? hub.outage() : Optional.of("the platform repository was not read yet");
        ctx.status(obstacle.isPresent() ? 503 : 200).result(obstacle.orElse("ready") + "\n");
    }

    /**
     * Fetches what GitHub could not deliver, a part of it at each round.
     *
     * @param platform the platform's own repository
     * @param servers a repository's setup, empty where its server has no API
     */
    public MissedDeliveries missed(RepositoryUrl platform, Function<RepositoryUrl, Optional<RepositorySetup>> servers) {
        return new MissedDeliveries(served, intake, settings.url(), platform, servers);
    }

    public URI address() {
        return URI.create("http://" + settings.host() + ":" + javalin.port());
    }

    /**
     * Takes nothing new, and ends what it has begun; after {@value #GRACE_MILLIS} ms it cuts off the rest. Connections
     * that only wait for a next request are closed at once.
     */
    @Override
    public void close() {
        behind.close();
        Stream.of(javalin.jettyServer().server().getConnectors())
                .flatMap(connector -> connector.getConnectedEndPoints().stream())
                .filter(HeadDeadline::hasNoRequest)
                .forEach(EndPoint::close);
        try {
            javalin.stop();
        } catch (JavalinException e) {
            // It has stopped even so.
            if (!(e.getCause() instanceof TimeoutException)) {
                throw e;
            }
        }
    }
}
