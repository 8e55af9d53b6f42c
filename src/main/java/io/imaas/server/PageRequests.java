package io.imaas.server;

import io.imaas.app.RequestReader;
import io.imaas.app.request.Requests.Order;
import io.imaas.app.view.TenantView;
import io.imaas.model.request.PlanRequest;
import io.imaas.server.Problems.HttpProblem;
import io.imaas.server.api.Problem;
import io.imaas.server.page.Reader;
import io.imaas.server.page.RequestPages;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What people ask for on pages, in two steps: a form shows its plan, and the plan's form does exactly that. */
record PageRequests(Served served, Login login, Sessions sessions) {
    /** What forms have beside what is asked for. */
    private static final Set<String> OWN = Set.of("csrf", "key", "basis");

    void addTo(RoutesConfig routes) {
        routes.post("/tenants/{tenant}/plan", this::plan);
        routes.post("/tenants/{tenant}/requests", this::ask);
    }

    private void plan(Context ctx) {
        Reader reader = login.requireOwnForm(ctx);
        TenantView view = served.tenant(reader.visitor(), ctx.pathParam("tenant"));
        Map<String, String> fields = fields(ctx);
        PlanRequest request = RequestReader.read(fields, place(view));
        ctx.future(() -> served.questions()
                .plan(reader.visitor(), view.tenant(), request)
                .thenAccept(planned -> Pages.html(
                        ctx, RequestPages.plan(reader, view.tenant(), planned, fields, sessions.text()), reader)));
    }

    private void ask(Context ctx) {
        Reader reader = login.requireOwnForm(ctx);
        TenantView view = served.tenant(reader.visitor(), ctx.pathParam("tenant"));
        PlanRequest request = RequestReader.read(fields(ctx), place(view));
        String basis = ctx.formParam("basis");
        String key = Api.key(ctx.formParam("key"));
        if (basis == null || basis.isEmpty()) {
            throw new HttpProblem(400, "this form shows no plan", "go back and open the plan");
        }
        ctx.future(() -> served.requests()
                .ask(reader.visitor(), view.tenant(), new Order(request, key, basis, Optional.empty()))
                .thenAccept(answered -> {
                    answered.failure().ifPresent(failure -> ctx.status(Problem.status(failure.kind())));
                    Pages.html(ctx, RequestPages.answer(view.tenant(), answered), reader);
                }));
    }

    /** Where it was asked for: the same for the plan and for what is done by it, since a release names it. */
    private static String place(TenantView view) {
        return "/tenants/" + view.tenant().name();
    }

    private static Map<String, String> fields(Context ctx) {
        Map<String, String> fields = new LinkedHashMap<>();
        ctx.formParamMap().forEach((name, values) -> {
            if (!OWN.contains(name)) {
                fields.put(name, values.get(0));
            }
        });
        return fields;
    }
}
