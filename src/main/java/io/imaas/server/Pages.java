package io.imaas.server;

import io.imaas.app.access.Visitor;
import io.imaas.app.request.Known;
import io.imaas.app.view.TenantView;
import io.imaas.model.request.EvidenceRequest;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.report.PeriodReport;
import io.imaas.server.api.Route;
import io.imaas.server.page.AuditPage;
import io.imaas.server.page.DoraPage;
import io.imaas.server.page.DriftPage;
import io.imaas.server.page.EventsPage;
import io.imaas.server.page.HealthPage;
import io.imaas.server.page.InboxPage;
import io.imaas.server.page.Offers;
import io.imaas.server.page.OverviewPage;
import io.imaas.server.page.Page;
import io.imaas.server.page.PreviewsPage;
import io.imaas.server.page.Reader;
import io.imaas.server.page.ServicePage;
import io.imaas.server.page.Shown;
import io.imaas.server.page.TenantPage;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The pages' addresses. */
record Pages(Served served, Login login, Timeline timeline) {
    private static final int EVENTS = 100;
    private static final int MOST_PAGES = 1_000;
    private static final int MONTH = 30;
    private static final int LONGEST = 365;

    void addTo(RoutesConfig routes) {
        String style = Page.style();
        String script = Page.script();
        routes.get("/", ctx -> show(ctx, OverviewPage.of(shown(ctx), served.faults(login.of(ctx)))));
        routes.get("/tenants/{tenant}", ctx -> show(ctx, TenantPage.of(tenant(ctx), shown(ctx))));
        routes.get("/tenants/{tenant}/services/{service}", this::service);
        routes.get("/tenants/{tenant}/services/{service}/evidence", this::evidence);
        routes.get("/inbox", ctx -> show(ctx, InboxPage.of(shown(ctx), text(ctx, "kind"))));
        routes.get(
                "/dora",
                ctx -> show(ctx, DoraPage.of(shown(ctx), (int) Query.number(ctx::queryParam, "days", MONTH, LONGEST))));
        routes.get("/events", this::events);
        routes.get(
                "/health",
                ctx -> show(ctx, HealthPage.of(shown(ctx), login.of(ctx).seesAll() ? facts() : Map.of())));
        routes.get("/tenants/{tenant}/audit", this::audit);
        routes.get("/tenants/{tenant}/audit.csv", this::auditFile);
        routes.get("/tenants/{tenant}/drift", this::drift);
        routes.get("/tenants/{tenant}/previews", this::previews);
        routes.get("/assets/pages.css", ctx -> asset(ctx, "text/css", style));
        routes.get("/assets/live.js", ctx -> asset(ctx, "text/javascript", script));
    }

    private void show(Context ctx, Page page) {
        html(ctx, page, login.reader(ctx));
    }

    static void html(Context ctx, Page page, Reader reader) {
        ctx.header("Content-Security-Policy", Page.POLICY)
                .header("Referrer-Policy", "same-origin")
                .header("Cache-Control", "no-store")
                .contentType("text/html; charset=utf-8")
                .result(page.html(reader));
    }

    private static void asset(Context ctx, String type, String text) {
        ctx.header("Cache-Control", "max-age=300")
                .contentType(type + "; charset=utf-8")
                .result(text);
    }

    private Instant now() {
        return served.clock().now();
    }

    private Shown shown(Context ctx) {
        Reader reader = login.reader(ctx);
        List<TenantView> views = served.visible(reader.visitor());
        return new Shown(
                views,
                served.waiting(reader.visitor()),
                Offers.of(reader, views),
                text(ctx, "q"),
                (int) Query.number(ctx::queryParam, "page", 0, MOST_PAGES),
                now());
    }

    private static String text(Context ctx, String name) {
        String value = ctx.queryParam(name);
        return value == null ? "" : value;
    }

    private TenantView tenant(Context ctx) {
        return served.tenant(login.of(ctx), ctx.pathParam("tenant"));
    }

    private void service(Context ctx) {
        TenantView view = tenant(ctx);
        show(
                ctx,
                ServicePage.of(
                        view,
                        Served.service(view, ctx.pathParam("service")),
                        Offers.of(login.reader(ctx), List.of(view)),
                        now()));
    }

    private void audit(Context ctx) {
        TenantView view = tenant(ctx);
        int days = Api.days(ctx::queryParam);
        Known<PeriodReport> known = served.known(served.period(view, days));
        when(ctx, known, report -> AuditPage.of(view.tenant(), report, days, text(ctx, "q")));
    }

    private void auditFile(Context ctx) {
        Known<PeriodReport> known = served.known(served.period(tenant(ctx), Api.days(ctx::queryParam)));
        if (known.isOpen()) {
            when(ctx, known, report -> null);
            return;
        }
        PeriodReport report = known.orThrow();
        ctx.contentType("text/csv; charset=utf-8")
                .header("Content-Disposition", "attachment; filename=\"" + report.tenant() + "-audit.csv\"")
                .result(report.csv());
    }

    private void drift(Context ctx) {
        Reader reader = login.reader(ctx);
        TenantView view = tenant(ctx);
        when(
                ctx,
                served.known(served.questions().drift(view.tenant().name())),
                findings -> DriftPage.of(view, findings, Offers.of(reader, List.of(view))));
    }

    private void previews(Context ctx) {
        TenantView view = tenant(ctx);
        when(
                ctx,
                served.known(served.previews(view)),
                found -> PreviewsPage.of(view, found, Offers.of(login.reader(ctx), List.of(view)), now()));
    }

    private void evidence(Context ctx) {
        TenantView view = tenant(ctx);
        EvidenceRequest wanted = new EvidenceRequest(
                Served.service(view, ctx.pathParam("service")).name(),
                new EnvironmentName(Query.required(ctx::queryParam, "environment")),
                "");
        when(
                ctx,
                served.known(served.evidence(login.of(ctx), view, wanted)),
                file -> ServicePage.evidence(view, wanted, file));
    }

    private <T> void when(Context ctx, Known<T> known, Function<T, Page> page) {
        when(ctx, known, login.reader(ctx), now(), page);
    }

    /** What Git tells, as it is known now: waits for nothing, and says how old it is or that it comes. */
    static <T> void when(Context ctx, Known<T> known, Reader reader, Instant now, Function<T, Page> page) {
        if (known.isOpen()) {
            html(ctx.status(HttpStatus.ACCEPTED), Page.open(known, now), reader);
        } else {
            html(ctx, page.apply(known.orThrow()).asOf(known, now), reader);
        }
    }

    private void events(Context ctx) {
        Visitor visitor = login.of(ctx);
        long before = timeline.position(visitor, ctx::queryParam, "before", Route.LARGEST);
        Timeline.Part part = timeline.before(visitor, before, EVENTS);
        Object older = part.next() == 0 ? null : timeline.told(visitor, part.next());
        show(ctx, EventsPage.of(part.events(), older, now()));
    }

    private Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>(served.facts().get());
        facts.put("Platform repository", served.hub().platform().isPresent() ? "read" : "not read yet");
        facts.put("Newest event", String.valueOf(served.hub().last()));
        facts.put(
                "Deliveries that wait for the disk", String.valueOf(served.hub().waiting()));
        served.hub().outage().ifPresent(sentence -> facts.put("Log of events", sentence));
        return facts;
    }
}
