package io.imaas.server;

import io.imaas.app.access.Visitor;
import io.imaas.app.view.TenantView;
import io.imaas.report.PeriodReport;
import io.imaas.server.page.AuditPage;
import io.imaas.server.page.Reader;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

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

    private void page(Context ctx) {
        Reader reader = login.reader(ctx);
        TenantView view = served.tenant(reader.visitor(), ctx.pathParam("tenant"));
        int days = days(ctx::queryParam);
        read(ctx, report -> Pages.html(ctx, AuditPage.of(view.tenant(), report, days), reader));
    }

    private void read(Context ctx, Consumer<PeriodReport> then) {
        CompletableFuture<PeriodReport> report = report(login.of(ctx), Query.of(ctx));
        ctx.future(() -> report.thenAccept(then));
    }

    CompletableFuture<PeriodReport> report(Visitor visitor, UnaryOperator<String> given) {
        TenantView view = served.tenant(visitor, given.apply("tenant"));
        // Git knows seconds, and what happened in this one belongs to it.
        Instant until = served.clock().now().plusSeconds(1);
        Instant since = until.minus(Duration.ofDays(days(given)));
        return served.requests().read(view.tenant().name(), (imaas, tenant) -> imaas.period(tenant, since, until));
    }

    private static int days(UnaryOperator<String> given) {
        return (int) Math.max(1, Query.number(given, "days", MONTH, LONGEST));
    }
}
