package io.imaas.server.page;

import io.imaas.app.access.Right;
import io.imaas.app.view.TenantView;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import io.imaas.report.Deployment;
import io.imaas.report.Html;
import io.imaas.report.InboxItem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the reader of a page may do about what they see: a button each, which shows the plan and does nothing yet.
 *
 * @param tenants those that the reader sees
 */
public record Offers(Reader reader, Map<TenantName, Tenant> tenants) {
    public static Offers of(Reader reader, List<TenantView> views) {
        return new Offers(
                reader,
                reader.loggedIn()
                        ? views.stream()
                                .map(TenantView::tenant)
                                .collect(Collectors.toMap(Tenant::name, Function.identity()))
                        : Map.of());
    }

    /** Nothing for what nobody can do anything about here, or not this reader. */
    Html about(InboxItem item) {
        Tenant tenant = tenants.get(item.tenant());
        if (tenant == null || item.service() == null || item.environment() == null) {
            return new Html();
        }
        String service = item.service().value();
        String environment = item.environment().value();
        Map<String, String> place = Map.of("service", service, "environment", environment);
        String what = service + " in " + environment;
        return switch (item.kind()) {
            case APPROVAL -> approval(tenant, item);
            case READY ->
                button(tenant, Right.PROMOTE, promotion(tenant, item), "Promote", service + " to " + environment);
            case HELD -> button(tenant, Right.RESUME, place, "Resume", what);
            case FAILING -> withText(tenant, Right.ROLLBACK, place, "Roll back", what, "reason");
            default -> new Html();
        };
    }

    /** To put an earlier release back. */
    Html rollback(Tenant tenant, Deployment to) {
        Map<String, String> fields = Map.of(
                "service", to.service().value(),
                "environment", to.environment().value(),
                "release", to.digest().value());
        String what = to.environment() + " " + to.digest().abbreviated();
        return withText(tenant, Right.ROLLBACK, fields, "Roll back to this", what, "reason");
    }

    private Html approval(Tenant tenant, InboxItem item) {
        Optional<String> as =
                tenant.environment(item.environment()).map(Environment::approvers).orElse(List.of()).stream()
                        .filter(reader.visitor().actor()::is)
                        .findFirst();
        if (as.isEmpty()) {
            return new Html();
        }
        Map<String, String> fields = new HashMap<>(promotion(tenant, item));
        fields.put("as", as.get());
        String what = item.service() + " for " + item.environment();
        return button(tenant, Right.APPROVE, fields, "Approve", what)
                .fragment(withText(tenant, Right.APPROVE, fields, "Refuse", what, "refuse"));
    }

    /** The release of the environment before on the service's own path. */
    private static Map<String, String> promotion(Tenant tenant, InboxItem item) {
        List<EnvironmentName> path = tenant.service(item.service())
                .map(Service::environments)
                .orElseGet(() ->
                        tenant.environments().stream().map(Environment::name).toList());
        EnvironmentName from = path.get(Math.max(0, path.indexOf(item.environment()) - 1));
        return Map.of(
                "services",
                item.service().value(),
                "from",
                from.value(),
                "to",
                item.environment().value());
    }

    /** Nothing for a reader who lacks the right. */
    private Html button(Tenant tenant, Right right, Map<String, String> fields, String word, String about) {
        return reader.may(right, tenant)
                ? form(tenant, right, fields)
                        .element("button", word, "aria-label", word + " " + about)
                        .close("form")
                : new Html();
    }

    /** With a text that says why: folded up until somebody wants it. */
    private Html withText(
            Tenant tenant, Right right, Map<String, String> fields, String word, String about, String name) {
        if (!reader.may(right, tenant)) {
            return new Html();
        }
        return new Html()
                .open("details", "class", "offer")
                .element("summary", word + "\u2026", "aria-label", word + " " + about)
                .fragment(form(tenant, right, fields))
                .open("label")
                .text("Reason ")
                .open("input", "name", name, "required", "", "maxlength", "500")
                .close("label")
                .element("button", word, "aria-label", word + " " + about)
                .close("form", "details");
    }

    private Html form(Tenant tenant, Right right, Map<String, String> fields) {
        Html form = reader.form("/tenants/" + tenant.name() + "/plan").fragment(Parts.hidden("intent", right.word()));
        fields.forEach((name, value) -> form.fragment(Parts.hidden(name, value)));
        return form;
    }
}
