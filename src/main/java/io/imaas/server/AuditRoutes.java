package io.imaas.server;

import io.imaas.app.view.TenantView;
import io.imaas.report.Json;
import io.imaas.report.PeriodReport;
import io.imaas.server.page.AuditPage;
import io.imaas.server.page.Reader;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** All changes of a tenant, from Git and its signed records: as a page, for spreadsheets and for programs. */
final class AuditRoutes {
    private static final int MONTH = 30;
    private static final int LONGEST = 3_650;

    private final Served served;
    private final Login login;

    AuditRoutes(Served served, Login login) {
        this.served = served;
        this.login = login;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/tenants/{tenant}/audit", this::page);
        routes.get(
                "/tenants/{tenant}/audit.csv",
                ctx -> read(ctx, report -> ctx.contentType("text/csv; charset=utf-8")
                        .header("Content-Disposition", "attachment; filename=\"" + report.tenant() + "-audit.csv\"")
                        .result(report.csv())));
    }

    void json(Context ctx) {
        read(ctx, report -> ctx.contentType("application/json").result(Json.pretty(report)));
    }

    private void page(Context ctx) {
        Reader reader = login.reader(ctx);
        TenantView view = served.tenant(reader.visitor(), ctx.pathParam("tenant"));
        int days = days(ctx);
        read(ctx, report -> Pages.html(ctx, AuditPage.of(view.tenant(), report, days), reader));
    }

    private void read(Context ctx, Consumer<PeriodReport> then) {
        TenantView view = served.tenant(login.of(ctx), ctx.pathParam("tenant"));
        // Git knows seconds, and what happened in this one belongs to it.
        Instant until = served.clock().now().plusSeconds(1);
        Instant since = until.minus(Duration.ofDays(days(ctx)));
        ctx.future(() -> served.requests()
                .read(view.tenant().name(), (imaas, tenant) -> imaas.period(tenant, since, until))
                .thenAccept(then));
    }

    private static int days(Context ctx) {
        return (int) Math.max(1, Query.number(ctx, "days", MONTH, LONGEST));
    }
}
