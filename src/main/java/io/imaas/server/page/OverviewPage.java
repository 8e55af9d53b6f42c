package io.imaas.server.page;

import io.imaas.app.view.Faults;
import io.imaas.app.view.TenantView;
import io.imaas.model.tenancy.TenantName;
import io.imaas.report.Age;
import io.imaas.report.Html;
import io.imaas.report.InboxItem;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The whole platform: first what needs attention, then every tenant. */
public final class OverviewPage {
    private static final int FIRST = 20;
    /** One tenant's many do not hide what waits in another. */
    private static final int OF_ONE = 4;

    private static final Comparator<TenantView> URGENT_FIRST = Comparator.comparingInt(
                    (TenantView view) -> view.urgency().map(Enum::ordinal).orElse(Integer.MAX_VALUE))
            .thenComparing(view -> view.tenant().name());

    private OverviewPage() {}

    /** @param faults those of the platform's files that the reader may see */
    public static Page of(Shown shown, Faults faults) {
        List<TenantView> views = shown.fitting().stream().sorted(URGENT_FIRST).toList();
        Html body = Parts.filter("/", shown.filter(), "Tenant or service");
        body.open("p");
        Parts.counts(body, views);
        long unread = views.stream().filter(view -> !view.isRead()).count();
        if (unread > 0) {
            body.element("span", unread + " not read yet", "class", "chip");
        }
        body.close("p");
        faults.platform()
                .ifPresent(why -> fault(
                        body,
                        "the platform's files can't be read, and all goes on as they said before: " + why.sentence()));
        faults.tenants().forEach(broken -> fault(body, broken.sentence()));
        Map<TenantName, Integer> told = new HashMap<>();
        List<InboxItem> urgent = shown.waiting().stream()
                .filter(item -> item.kind() != InboxItem.Kind.READY)
                .filter(item -> told.merge(item.tenant(), 1, Integer::sum) <= OF_ONE)
                .limit(FIRST)
                .toList();
        body.section("What needs attention");
        if (urgent.isEmpty()) {
            body.note("Nothing.");
        } else {
            body.fragment(Parts.inbox(urgent, shown.offers(), shown.now()))
                    .open("p")
                    .link(Parts.at("/inbox", shown, 0), "All that waits")
                    .close("p");
        }
        body.close("section").section("Tenants");
        Table table = new Table("Tenant", "Services", "Waits", "Last release", "Read");
        shown.part(views).forEach(view -> row(table, view, shown));
        body.fragment(table.end())
                .fragment(Parts.pages("/", shown, views.size()))
                .close("section");
        return new Page("/", "Overview", views.size() + " tenants", body);
    }

    private static void fault(Html body, String sentence) {
        body.element("p", Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1), "class", "problem");
    }

    private static void row(Table table, TenantView view, Shown shown) {
        Html waits = new Html().open("span");
        Parts.counts(waits, List.of(view));
        String last = view.deployments().isEmpty()
                ? Parts.NOTHING
                : Age.of(view.deployments().get(0).at(), shown.now()) + " ago";
        table.row()
                .name(Parts.path(view), view.tenant().name().value())
                .cell(String.valueOf(view.tenant().services().size()))
                .cell(waits.close("span"))
                .cell(last)
                .cell(Parts.read(view, shown.now()));
    }
}
