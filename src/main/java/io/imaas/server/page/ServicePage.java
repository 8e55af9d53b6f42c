package io.imaas.server.page;

import io.imaas.app.view.TenantView;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.Service;
import io.imaas.report.Age;
import io.imaas.report.Deployment;
import io.imaas.report.Html;
import io.imaas.report.InboxItem;
import io.imaas.report.Matrix;
import io.imaas.report.MatrixHtml;
import io.imaas.report.TimelineSvg;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

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
            Matrix own = new Matrix(
                    view.matrix().environments(),
                    view.matrix().rows().stream()
                            .filter(row -> row.service().equals(service.name()))
                            .toList(),
                    List.of());
            body.section("What runs where").fragment(MatrixHtml.fragment(own));
            evidence(body, view, own);
            body.close("section");
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
                    body.element(
                                    "a",
                                    environment,
                                    "href",
                                    "/api/v1" + Parts.path(view) + "/services/" + row.service()
                                            + "/evidence?environment=" + environment,
                                    "download",
                                    "")
                            .text(" ");
                }
            }
        }
        body.close("p");
    }

    /** The newest of each environment. */
    private static Collection<Deployment> running(List<Deployment> deployments) {
        return deployments.stream()
                .collect(Collectors.toMap(
                        Deployment::environment, one -> one, (newer, older) -> newer, LinkedHashMap::new))
                .values();
    }

    private static void releases(Html body, TenantView view, List<Deployment> deployments, Offers offers, Instant now) {
        body.section("How it came there");
        if (deployments.isEmpty()) {
            body.note("No release is known yet.").close("section");
            return;
        }
        body.fragment(TimelineSvg.fragment(
                view.tenant().environments().stream().map(Environment::name).toList(), deployments, now));
        Collection<Deployment> runs = running(deployments);
        Html table = Parts.table("When", "Environment", "How", "What", "By");
        deployments.stream().limit(ROWS).forEach(one -> table.open("tr")
                .element(
                        "td",
                        Age.of(one.at(), now) + " ago",
                        "data-label",
                        "When",
                        "title",
                        one.at().toString())
                .element("td", one.environment().value(), "data-label", "Environment")
                .open("td", "data-label", "How")
                .element(
                        "span",
                        one.kind().word(),
                        "class",
                        "chip " + (one.kind() == Deployment.Kind.ROLLED_BACK ? "degraded" : "healthy"))
                .close("td")
                .open("td", "data-label", "What")
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
                .fragment(
                        runs.contains(one)
                                ? ""
                                : offers.rollback(view.tenant(), one).toString())
                .close("span", "td")
                .element("td", one.by(), "data-label", "By")
                .close("tr"));
        body.fragment(table.close("tbody", "table", "div")).close("section");
    }
}
