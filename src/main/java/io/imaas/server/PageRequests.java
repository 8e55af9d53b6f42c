package io.imaas.server;

import io.imaas.app.RequestReader;
import io.imaas.app.request.Known;
import io.imaas.app.request.Questions.Planned;
import io.imaas.app.request.Requests.Answered;
import io.imaas.app.request.Requests.Order;
import io.imaas.app.view.TenantView;
import io.imaas.model.request.PlanRequest;
import io.imaas.server.Problems.HttpProblem;
import io.imaas.server.api.Problem;
import io.imaas.server.page.Reader;
import io.imaas.server.page.RequestPages;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** What people ask for on pages, in two steps: a form shows its plan, and the plan's form does exactly that. None waits for it. */
record PageRequests(Served served, Login login, Sessions sessions) {
    /** What forms have beside what is asked for. */
    private static final Set<String> OWN = Set.of("csrf", "key", "basis");

    void addTo(RoutesConfig routes) {
        routes.get("/tenants/{tenant}/plan", this::plan);
        routes.post("/tenants/{tenant}/requests", this::ask);
        routes.get("/tenants/{tenant}/requests/{key}", this::answer);
    }

    private void plan(Context ctx) {
        Reader reader = login.reader(ctx);
        TenantView view = served.tenant(reader.visitor(), ctx.pathParam("tenant"));
        Map<String, String> fields = fields(ctx.queryParamMap());
        Known<Planned> known = served.known(
                served.questions().plan(reader.visitor(), view.tenant(), RequestReader.read(fields, place(view))));
        Pages.when(
                ctx,
                known,
                reader,
                served.clock().now(),
                planned -> RequestPages.plan(reader, view.tenant(), planned, fields, sessions.text()));
    }

    private void ask(Context ctx) {
        Reader reader = login.requireOwnForm(ctx);
        TenantView view = served.tenant(reader.visitor(), ctx.pathParam("tenant"));
        PlanRequest request = RequestReader.read(fields(ctx.formParamMap()), place(view));
        String basis = ctx.formParam("basis");
        String key = Api.key(ctx.formParam("key"));
        if (basis == null || basis.isEmpty()) {
            throw new HttpProblem(400, "this form shows no plan", "go back and open the plan");
        }
        CompletableFuture<Answered> unused = served.requests()
                .ask(reader.visitor(), view.tenant(), new Order(request, key, basis, Optional.empty()));
        ctx.redirect(place(view) + "/requests/" + key, HttpStatus.SEE_OTHER);
    }

    /** What came of it: an address that asks for nothing, however often it is opened. */
    private void answer(Context ctx) {
        Reader reader = login.reader(ctx);
        TenantView view = served.tenant(reader.visitor(), ctx.pathParam("tenant"));
        Known<Answered> known = served.requests()
                .answered(reader.visitor(), view.tenant(), ctx.pathParam("key"))
                .orElseThrow(() -> new HttpProblem(
                        404, "this server knows no such request of yours", "see in /events what came of it"));
        Pages.when(ctx, known, reader, served.clock().now(), answered -> {
            answered.failure().ifPresent(failure -> ctx.status(Problem.status(failure.kind())));
            return RequestPages.answer(view.tenant(), answered);
        });
    }

    /** Where it was asked for: the same for the plan and for what is done by it, since a release names it. */
    private static String place(TenantView view) {
        return "/tenants/" + view.tenant().name();
    }

    private static Map<String, String> fields(Map<String, List<String>> given) {
        Map<String, String> fields = new LinkedHashMap<>();
        given.forEach((name, values) -> {
            if (!OWN.contains(name)) {
                fields.put(name, values.get(0));
            }
        });
        return fields;
    }
}
