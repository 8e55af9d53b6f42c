package io.imaas.server;

import static io.imaas.server.api.Route.get;

import io.imaas.app.access.Visitor;
import io.imaas.app.view.TenantView;
import io.imaas.model.event.CloudEvent;
import io.imaas.model.request.EvidenceRequest;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import io.imaas.report.Deployment;
import io.imaas.report.InboxItem;
import io.imaas.report.Json;
import io.imaas.server.Problems.HttpProblem;
import io.imaas.server.api.Answers;
import io.imaas.server.api.OpenApi;
import io.imaas.server.api.Route;
import io.imaas.server.api.Route.Parameter;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** {@code /api/v1}: every address in one table, from which the routes and the OpenAPI document are made. */
final class Api {
    static final String TENANT = "/api/v1/tenants/{tenant}";
    static final String SERVICE = TENANT + "/services/{service}";
    private static final int USUAL = 100;
    static final int MOST = 1_000;
    private static final int FAR = 1_000_000;
    private static final int MONTH = 30;
    private static final int LONGEST = 3_650;
    /** Seconds; less than what closes a connection on which nothing comes. */
    static final int PATIENCE = 25;

    private static final List<String> LABELS = List.of(CloudEvent.ENVIRONMENT, CloudEvent.SERVER);

    private static final Parameter OFFSET = Parameter.number("offset", "how many to leave out");
    private static final Parameter LIMIT = Parameter.number("limit", "how many at the most: 100, 1000 at most");
    private static final Parameter WAIT =
            Parameter.number("wait", "seconds to wait, where there is nothing to tell yet: 0, 25 at most");
    private static final Parameter AFTER =
            Parameter.text("after", "[0-9]{1,18}|[A-Za-z0-9_-]{48}", "where to begin: the answer before's next");

    private final Served served;
    private final Login login;
    private final Followers followers;
    private final Timeline timeline;
    private final List<Route> routes;
    private final Map<String, Object> document;

    Api(Served served, Login login, Followers followers, Timeline timeline) {
        this.served = served;
        this.login = login;
        this.followers = followers;
        this.timeline = timeline;
        List<Route> reading = List.of(
                get(
                        "/api/v1/tenants",
                        "The tenants that you see.",
                        Answers.Tenants.class,
                        this::tenants,
                        OFFSET,
                        LIMIT),
                get(
                        TENANT,
                        "What runs where, and what waits.",
                        Answers.Status.class,
                        (visitor, given) -> done(Answers.Status.of(tenant(visitor, given)))),
                get(
                        TENANT + "/inbox",
                        "What waits for whom in a tenant.",
                        Answers.Inbox.class,
                        (visitor, given) -> inbox(given, tenant(visitor, given).inbox()),
                        OFFSET,
                        LIMIT),
                get(
                        "/api/v1/inbox",
                        "What waits for whom, the most urgent first.",
                        Answers.Inbox.class,
                        (visitor, given) -> inbox(given, served.waiting(visitor)),
                        OFFSET,
                        LIMIT),
                get(
                        "/api/v1/faults",
                        "What is wrong in the platform's own files.",
                        Answers.Faults.class,
                        (visitor, given) -> done(Answers.Faults.of(served.faults(visitor)))),
                get(
                        SERVICE + "/deployments",
                        "Which releases came to its environments, newest first.",
                        Answers.Deployments.class,
                        this::deployments,
                        OFFSET,
                        LIMIT),
                get(
                        "/api/v1/events",
                        "What happened, in order.",
                        Answers.Events.class,
                        this::events,
                        AFTER,
                        LIMIT,
                        Parameter.text(
                                "type", "only this topic, such as image.pushed, or all of an entity, such as image"),
                        Parameter.text("tenant", "only those with this label"),
                        Parameter.text("environment", "only those with this label"),
                        Parameter.text("server", "only those with this label: a host of repositories or images"),
                        WAIT));
        List<Route> all = new ArrayList<>(reading);
        all.addAll(new ApiQuestions(served, followers, timeline).routes());
        all.addAll(new ApiRequests(served, login).routes());
        all.add(Route.get(Route.LOGIN, "How a command line logs in.", Answers.CommandLine.class, login::tell));
        all.add(Route.get("/api/v1/openapi.json", "This document.", Map.class, this::document));
        this.routes = List.copyOf(all);
        this.document = OpenApi.of(routes);
    }

    void addTo(RoutesConfig config) {
        routes.forEach(route -> config.addHttpHandler(
                route.method(), route.path(), route.reading() == null ? route.handler() : ctx -> read(ctx, route)));
        config.after(SERVICE + "/evidence", Api::nameFile);
    }

    private void document(Context ctx) {
        login.of(ctx);
        json(ctx, document);
    }

    /** What answered has checked the words. */
    private static void nameFile(Context ctx) {
        if (ctx.status().isSuccess()) {
            EvidenceRequest told = new EvidenceRequest(
                    new ServiceName(ctx.pathParam("service")), new EnvironmentName(ctx.queryParam("environment")), "");
            ctx.header("Content-Disposition", told.disposition(new TenantName(ctx.pathParam("tenant"))));
        }
    }

    private void read(Context ctx, Route route) {
        CompletableFuture<?> answer = route.reading().read(login.of(ctx), Query.of(ctx));
        ctx.future(() -> answer.thenAccept(value -> {
            if (value instanceof ApiQuestions.Aged old) {
                long age = Duration.between(old.at(), served.clock().now()).toSeconds();
                ctx.header("Age", String.valueOf(Math.max(0, age)));
            }
            json(ctx, value);
        }));
    }

    List<Route> routes() {
        return routes;
    }

    static void json(Context ctx, Object value) {
        ctx.contentType("application/json").result(text(value));
    }

    /** As it is sent: what was signed stays byte for byte. */
    static String text(Object answer) {
        Object told = answer instanceof ApiQuestions.Aged old ? old.answer() : answer;
        return told instanceof String signed ? signed : Json.pretty(told);
    }

    static <T> CompletableFuture<T> done(T answer) {
        return CompletableFuture.completedFuture(answer);
    }

    private TenantView tenant(Visitor visitor, UnaryOperator<String> given) {
        return served.tenant(visitor, given.apply("tenant"));
    }

    static ServiceName service(UnaryOperator<String> given, TenantView view) {
        return Served.service(view, given.apply("service")).name();
    }

    /** @throws HttpProblem 400 when it is none */
    static String key(String given) {
        if (given == null || !given.matches(Route.KEY)) {
            throw new HttpProblem(
                    400,
                    "a request needs an Idempotency-Key of 1 to 128 letters, digits and ._:-",
                    "send 'Idempotency-Key: ' and a random text, the same when you send it again");
        }
        return given;
    }

    /** The part of a list that the query asks for. */
    private record Part<T>(List<T> items, Integer next) {
        static <T> Part<T> of(UnaryOperator<String> given, List<T> all) {
            int from = (int) Math.min(all.size(), Query.number(given, "offset", 0, FAR));
            int to = (int) Math.min(all.size(), from + Query.number(given, "limit", USUAL, MOST));
            return new Part<>(all.subList(from, to), to < all.size() ? to : null);
        }
    }

    private CompletableFuture<Answers.Tenants> tenants(Visitor visitor, UnaryOperator<String> given) {
        List<TenantView> all = served.visible(visitor);
        Part<TenantView> part = Part.of(given, all);
        return done(new Answers.Tenants(
                part.items().stream().map(Answers.TenantSummary::of).toList(), all.size(), part.next()));
    }

    private static CompletableFuture<Answers.Inbox> inbox(UnaryOperator<String> given, List<InboxItem> waiting) {
        List<InboxItem> all =
                waiting.stream().sorted(Comparator.comparing(InboxItem::kind)).toList();
        Part<InboxItem> part = Part.of(given, all);
        return done(new Answers.Inbox(part.items(), all.size(), part.next()));
    }

    private CompletableFuture<Answers.Events> events(Visitor visitor, UnaryOperator<String> given) {
        int limit = (int) Query.number(given, "limit", USUAL, MOST);
        Duration patience = patience(given);
        return followers
                .next(
                        visitor,
                        timeline.position(visitor, given, "after", 0),
                        limit == 0 ? Duration.ZERO : patience,
                        after -> timeline.after(visitor, after, limit, event -> isWanted(given, event)))
                .thenApply(part -> new Answers.Events(
                        part.events().stream()
                                .map(stored -> new Answers.Entry(stored, visitor.seesAll()))
                                .toList(),
                        timeline.told(visitor, part.next()),
                        part.gap()));
    }

    private static boolean isWanted(UnaryOperator<String> given, CloudEvent event) {
        String type = given.apply("type");
        return (type == null || event.type().equals(type) || event.type().startsWith(type + "."))
                && is(given.apply("tenant"), event.tenant())
                && LABELS.stream()
                        .allMatch(label -> is(given.apply(label), event.data().get(label)));
    }

    private static boolean is(String wanted, String label) {
        return wanted == null || wanted.equals(label);
    }

    /** Of a period until now. */
    static int days(UnaryOperator<String> given) {
        return (int) Math.max(1, Query.number(given, "days", MONTH, LONGEST));
    }

    private CompletableFuture<Answers.Deployments> deployments(Visitor visitor, UnaryOperator<String> given) {
        TenantView view = tenant(visitor, given);
        List<Deployment> all = view.of(service(given, view));
        Part<Deployment> part = Part.of(given, all);
        return done(new Answers.Deployments(part.items(), all.size(), part.next()));
    }

    static Duration patience(UnaryOperator<String> given) {
        return Duration.ofSeconds(Query.number(given, "wait", 0, PATIENCE));
    }
}
