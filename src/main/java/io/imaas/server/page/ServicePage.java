package io.imaas.server.page;

import io.imaas.app.view.TenantView;
import io.imaas.model.request.EvidenceRequest;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.report.Age;
import io.imaas.report.Deployment;
import io.imaas.report.Html;
import io.imaas.report.InboxItem;
import io.imaas.report.Matrix;
import io.imaas.report.MatrixHtml;
import io.imaas.report.TimelineSvg;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One service: what runs where, what waits, and how it came there. */
public final class ServicePage {
    private static final int ROWS = 40;

    private ServicePage() {}

    public static Page of(TenantView view, Service service, Offers offers, Instant now) {
        Html body = new Html();
        List<InboxItem> waits = view.inbox().stream()
                .filter(item -> service.name().equals(item.service()))
                .toList();
        if (!waits.isEmpty()) {
            body.section("What waits").fragment(Parts.inbox(waits, offers, now)).close("section");
        }
        if (view.isRead()) {
            Matrix own = view.matrix().of(service.name());
            body.section("What runs where").fragment(MatrixHtml.fragment(own));
            evidence(body, view, own);
            body.fragment(offers.release(view.tenant(), service)).close("section");
        }
        releases(body, view, view.of(service.name()), offers, now);
        String note = view.tenant().displayName() + " \u00b7 read " + Parts.read(view, now);
        return new Page(
                "",
                service.name().value(),
                note,
                body.open("p")
                        .link(
                                Parts.path(view),
                                "All services of " + view.tenant().name())
                        .close("p"));
    }

    /** All that is known of what runs, as signed files. */
    private static void evidence(Html body, TenantView view, Matrix own) {
        body.open("p").text("Evidence, signed: ");
        for (Matrix.Row row : own.rows()) {
            for (int i = 0; i < row.cells().size(); i++) {
                String environment = own.environments().get(i).value();
                if (!row.cells().get(i).digest().isEmpty()) {
                    body.link(path(view, row.service()) + "/evidence?environment=" + environment, environment)
                            .text(" ");
                }
            }
        }
        body.close("p");
    }

    private static String path(TenantView view, ServiceName service) {
        return Parts.path(view) + "/services/" + service;
    }

    /** @param file as it can be downloaded */
    public static Page evidence(TenantView view, EvidenceRequest of, String file) {
        String path = path(view, of.service());
        Html body = new Html()
                .open("p")
                .element(
                        "a",
                        "Download the signed file",
                        "href",
                        "/api/v1" + path + "/evidence?wait=0&environment=" + of.environment(),
                        "download",
                        "")
                .text(" (" + (file.length() >> 10) + " KiB) and check it with ")
                .element("code", "imaas evidence verify FILE")
                .close("p")
                .open("p")
                .link(path, "Back to " + of.service())
                .close("p");
        return new Page(
                "",
                "Evidence of " + of.service() + " in " + of.environment(),
                view.tenant().displayName(),
                body);
    }

    private static void releases(Html body, TenantView view, List<Deployment> deployments, Offers offers, Instant now) {
        body.section("How it came there");
        if (deployments.isEmpty()) {
            body.note("None of the environments' newest commits releases it; 'imaas history' looks further back.")
                    .close("section");
            return;
        }
        body.fragment(TimelineSvg.fragment(
                view.tenant().environments().stream().map(Environment::name).toList(), deployments, now));
        Set<EnvironmentName> seen = new HashSet<>();
        Table table = new Table("When", "Environment", "How", "What", "By");
        deployments.stream().limit(ROWS).forEach(one -> {
            // The newest of an environment is what runs there.
            boolean runs = seen.add(one.environment());
            boolean back = one.kind() == Deployment.Kind.ROLLED_BACK;
            Html what = new Html()
                    .open("span")
                    .text(one.subject())
                    .fragment("<br>")
                    .element(
                            "code",
                            one.digest().abbreviated(),
                            "title",
                            one.digest().value())
                    .text(" ")
                    .element("code", one.commit().abbreviated(), "title", "commit " + one.commit())
                    .fragment(runs ? new Html() : offers.rollback(view.tenant(), one));
            table.row()
                    .cell(Age.of(one.at(), now) + " ago", "title", one.at().toString())
                    .cell(one.environment().value())
                    .cell(new Html()
                            .element("span", one.kind().word(), "class", back ? "chip degraded" : "chip healthy"))
                    .cell(what.close("span"))
                    .cell(one.by());
        });
        body.fragment(table.end()).close("section");
    }
}
