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
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
        String what = service + " in " + environment;
        return switch (item.kind()) {
            case APPROVAL -> approval(tenant, item);
            case READY ->
                reader.may(Right.PROMOTE, tenant)
                        ? button(tenant, "promote", promotion(tenant, item), "Promote", service + " to " + environment)
                        : new Html();
            case HELD ->
                reader.may(Right.RESUME, tenant)
                        ? button(
                                tenant,
                                "resume",
                                Map.of("service", service, "environment", environment),
                                "Resume",
                                what)
                        : new Html();
            case FAILING ->
                reader.may(Right.ROLLBACK, tenant)
                        ? withText(
                                tenant,
                                "rollback",
                                Map.of("service", service, "environment", environment),
                                "Roll back",
                                what,
                                "reason")
                        : new Html();
            default -> new Html();
        };
    }

    /** To put an earlier release back. */
    Html rollback(Tenant tenant, Deployment to) {
        return reader.may(Right.ROLLBACK, tenant)
                ? withText(
                        tenant,
                        "rollback",
                        Map.of(
                                "service",
                                to.service().value(),
                                "environment",
                                to.environment().value(),
                                "release",
                                to.digest().value()),
                        "Roll back to this",
                        to.environment() + " " + to.digest().abbreviated(),
                        "reason")
                : new Html();
    }

    private Html approval(Tenant tenant, InboxItem item) {
        List<String> as = tenant.environment(item.environment()).map(Environment::approvers).orElse(List.of()).stream()
                .filter(reader.visitor().actor()::is)
                .toList();
        if (as.isEmpty() || !reader.may(Right.APPROVE, tenant)) {
            return new Html();
        }
        Map<String, String> fields = Stream.concat(
                        promotion(tenant, item).entrySet().stream(), Map.of("as", as.get(0)).entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        String what = item.service() + " for " + item.environment();
        return button(tenant, "approve", fields, "Approve", what)
                .fragment(withText(tenant, "approve", fields, "Refuse", what, "refuse")
                        .toString());
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

    private Html button(Tenant tenant, String intent, Map<String, String> fields, String word, String about) {
        return form(tenant, intent, fields)
                .element("button", word, "aria-label", word + " " + about)
                .close("form");
    }

    /** With a text that says why: folded up until somebody wants it. */
    private Html withText(
            Tenant tenant, String intent, Map<String, String> fields, String word, String about, String name) {
        return new Html()
                .open("details", "class", "offer")
                .element("summary", word + "\u2026", "aria-label", word + " " + about)
                .fragment(form(tenant, intent, fields).toString())
                .open("label")
                .text("Reason ")
                .open("input", "name", name, "required", "", "maxlength", "500")
                .close("label")
                .element("button", word, "aria-label", word + " " + about)
                .close("form", "details");
    }

    private Html form(Tenant tenant, String intent, Map<String, String> fields) {
        Html form = reader.form("/tenants/" + tenant.name() + "/plan").fragment(Parts.hidden("intent", intent));
        fields.forEach((name, value) -> form.fragment(Parts.hidden(name, value)));
        return form;
    }
}
