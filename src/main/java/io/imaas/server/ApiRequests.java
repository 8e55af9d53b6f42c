package io.imaas.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.imaas.app.RequestReader;
import io.imaas.app.access.Visitor;
import io.imaas.app.request.Requests.Answered;
import io.imaas.app.request.Requests.Order;
import io.imaas.app.view.TenantView;
import io.imaas.model.event.TraceParent;
import io.imaas.model.failure.Spelling;
import io.imaas.model.request.PlanRequest;
import io.imaas.report.Terminal;
import io.imaas.server.Problems.HttpProblem;
import io.imaas.server.api.Route;
import io.imaas.server.api.Route.Parameter;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What may be asked for in a tenant by {@code POST}: one address for each kind of request. */
record ApiRequests(Served served, Login login) {
    private static final Parameter REASON = Parameter.text("reason", "why, for the audit log");
    private static final Parameter OVERRIDE = Parameter.text("override", "why closed gates are opened by force");
    private static final Parameter SERVICES = Parameter.text(
            "services", "|" + Route.SERVICES, "names with commas between; without it all that run there");
    private static final Parameter OWN = Parameter.needed("service", Route.SERVICE, "the service's name");
    private static final Parameter TO = Parameter.needed("to", Route.ENVIRONMENT, "the environment that changes");
    static final Parameter IN = Parameter.needed("environment", Route.ENVIRONMENT, "the environment");

    private static final List<Parameter> DRY_RUN = List.of(
            Parameter.flag("dryRun", "change nothing, and answer with the plan: plan, text, exitCode"),
            Parameter.flag("full", "with every gate's answer and every changed line in the text of the plan"),
            Parameter.flag("color", "with the colours of a terminal in that text"));

    List<Route> routes() {
        return List.of(
                post(
                        "promotions",
                        "Bring releases to the next environment.",
                        "promote",
                        SERVICES,
                        Parameter.needed("from", Route.ENVIRONMENT, "an environment"),
                        TO,
                        REASON,
                        Parameter.flag("assumeHealthy", "vouch for health that nobody saw"),
                        OVERRIDE),
                post(
                        "chart-promotions",
                        "Bring an environment the chart that the platform names for it, for all its services at once.",
                        Map.of("intent", "promote", "chart", "true"),
                        Parameter.text(
                                "to",
                                "|" + Route.ENVIRONMENT,
                                "the environment; without it the one whose chart is another"),
                        REASON,
                        OVERRIDE),
                post(
                        "approvals",
                        "Say yes or no to what a promotion, or in a first environment a release, would bring now.",
                        "approve",
                        SERVICES,
                        Parameter.text("from", "|" + Route.ENVIRONMENT, "the environment before"),
                        TO,
                        Parameter.text("as", "yourself, or a team of yours; without it what fits"),
                        Parameter.text("refuse", ".*\\S.*", "why not"),
                        Parameter.flag("withdraw", "neither yes nor no any more"),
                        Parameter.text(
                                "image",
                                "|" + Route.IMAGE,
                                "in a service's first environment: the image to be released"),
                        Parameter.text("version", "of that image; without it what its label says"),
                        Parameter.flag("chart", "the promotion of the environment's chart is meant"),
                        Parameter.flag("confirmOverride", "what somebody else passed by force there was right")),
                post(
                        "rollbacks",
                        "Put an earlier release back and hold it.",
                        "rollback",
                        OWN,
                        IN,
                        Parameter.text("release", "a digest or a version; without it the one before"),
                        REASON),
                post("resumes", "Lift the hold that a rollback set.", "resume", OWN, IN),
                post(
                        "releases",
                        "Release an image that was built already.",
                        "release",
                        OWN,
                        IN,
                        Parameter.needed(
                                "image", Route.IMAGE, "by digest, such as registry.example/orders/api@sha256:..."),
                        Parameter.text("version", "for people; without it the image's label"),
                        Parameter.text("commit", "|[0-9a-f]{40}", "the source commit that it was built from")),
                post(
                        "reviews",
                        "Review what people pushed to an environment's branch; what becomes of a refused change is in"
                                + " the platform's files.",
                        "review",
                        IN),
                post(
                        "onboardings",
                        "Make what the tenant needs, and delete what has a tombstone that is due.",
                        "onboard"),
                post(
                        "preview-removals",
                        "Remove previews of pull requests.",
                        "remove-previews",
                        Parameter.needed(
                                "previews", Route.SERVICES, "names with commas between, such as order-api-pr-7")));
    }

    private Route post(String what, String summary, String intent, Parameter... own) {
        return post(what, summary, Map.of("intent", intent), own);
    }

    /** @param kind of request, as {@link RequestReader} reads it */
    private Route post(String what, String summary, Map<String, String> kind, Parameter... own) {
        List<Parameter> body = Stream.concat(Stream.of(own), DRY_RUN.stream()).toList();
        return Route.post(Api.TENANT + "/" + what, summary, body, Map.class, ctx -> ask(ctx, kind, body));
    }

    private void ask(Context ctx, Map<String, String> kind, List<Parameter> fields) {
        Visitor visitor = login.of(ctx);
        login.requireOwnPage(ctx);
        TenantView view = served.tenant(visitor, ctx.pathParam("tenant"));
        String key = Api.key(ctx.header("Idempotency-Key"));
        Map<String, String> given = texts(ctx, fields);
        boolean dryRun = is(given, "dryRun");
        given.putAll(kind);
        PlanRequest request = RequestReader.read(given, ctx.path());
        if (dryRun) {
            Terminal terminal = new Terminal(false, is(given, "color"));
            ctx.future(() -> served.questions()
                    .dryRun(visitor, view.tenant(), request, terminal, is(given, "full"))
                    .thenAccept(shown -> Api.json(ctx, shown)));
            return;
        }
        Optional<TraceParent> trace = TraceParent.find(ctx.header(TraceParent.NAME));
        Order order = new Order(request, key, "", trace);
        ctx.future(() -> served.requests().ask(visitor, view.tenant(), order).thenAccept(done -> answer(ctx, done)));
    }

    private static boolean is(Map<String, String> given, String name) {
        return Boolean.parseBoolean(given.get(name));
    }

    /** What is misspelt or half understood is refused: it may be the word that was to prevent something. */
    private static Map<String, String> texts(Context ctx, List<Parameter> fields) {
        Intake.requireJson(ctx.contentType());
        Map<String, String> texts = new HashMap<>();
        for (Map.Entry<String, JsonNode> field : Intake.json(ctx.bodyAsBytes()).properties()) {
            texts.put(field.getKey(), text(field.getKey(), field.getValue(), fields));
        }
        return texts;
    }

    private static String text(String name, JsonNode value, List<Parameter> fields) {
        Parameter known = fields.stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new HttpProblem(
                        400,
                        "there is no field '" + name + "' here",
                        Spelling.suggestion(
                                name, fields.stream().map(Parameter::name).toList())));
        boolean fits = known.isFlag() ? value.isValueNode() && value.asText().matches("true|false") : value.isTextual();
        if (!fits) {
            throw new HttpProblem(
                    400,
                    "'" + name + "' is not " + (known.isFlag() ? "true or false" : "a text"),
                    "see /api/v1/openapi.json");
        }
        return value.asText();
    }

    private static void answer(Context ctx, Answered done) {
        if (done.failure().isEmpty()) {
            Api.json(ctx, done.run());
        } else {
            Problems.refused(ctx, done);
        }
    }
}
