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
import io.imaas.report.StandingPreview;
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
        Tenant tenant = item.service() == null ? null : tenants.get(item.tenant());
        if (tenant == null || item.environment() == null) {
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
            case FAILING -> folded(tenant, Right.ROLLBACK, place, "Roll back", what, Field.reason("reason"));
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
        return folded(tenant, Right.ROLLBACK, fields, "Roll back to this", what, Field.reason("reason"));
    }

    /** What is asked of a tenant, whatever waits in it. */
    Html about(Tenant tenant) {
        String name = tenant.name().value();
        List<EnvironmentName> all =
                tenant.environments().stream().map(Environment::name).toList();
        Html html = folded(
                tenant,
                Right.REVIEW,
                Map.of(),
                "Review what people pushed",
                "in " + name,
                Field.environment("environment", all));
        if (!tenant.isRendered()) {
            return html;
        }
        Map<String, String> chart = Map.of("chart", "true");
        html.fragment(folded(
                tenant,
                Right.PROMOTE,
                chart,
                "Promote the chart",
                "in " + name,
                Field.environment("to", all),
                new Field("Reason", "reason", false, List.of())));
        List<EnvironmentName> own = tenant.environments().stream()
                .filter(each ->
                        each.approvers().stream().anyMatch(reader.visitor().actor()::is))
                .map(Environment::name)
                .toList();
        return own.isEmpty()
                ? html
                : html.fragment(folded(
                        tenant, Right.APPROVE, chart, "Approve the chart", "in " + name, Field.environment("to", own)));
    }

    /** To run an image that was built elsewhere. */
    Html release(Tenant tenant, Service service) {
        return folded(
                tenant,
                Right.RELEASE,
                Map.of("service", service.name().value()),
                "Release an image",
                "of " + service.name(),
                Field.environment("environment", service.environments()),
                new Field("Image (by digest)", "image", true, List.of()),
                new Field("Version", "version", false, List.of()));
    }

    /** To make what a tenant lacks. */
    Html onboarding(Tenant tenant) {
        return button(tenant, Right.ONBOARD, Map.of(), "Make it as the files say", "in " + tenant.name());
    }

    /** To end a preview before its time. */
    Html removal(Tenant tenant, StandingPreview preview) {
        String name = preview.name().value();
        return button(tenant, Right.PREVIEW, Map.of("previews", name), "Remove", name);
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
                .fragment(folded(tenant, Right.APPROVE, fields, "Refuse", what, Field.reason("refuse")));
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

    /** With what the reader has to say: folded up until somebody wants it. */
    private Html folded(
            Tenant tenant, Right right, Map<String, String> fields, String word, String about, Field... more) {
        if (!reader.may(right, tenant)) {
            return new Html();
        }
        Html html = new Html()
                .open("details", "class", "offer")
                .element("summary", word + "\u2026", "aria-label", word + " " + about)
                .fragment(form(tenant, right, fields));
        for (Field field : more) {
            html.open("label").text(field.label() + " ").fragment(field.input()).close("label");
        }
        return html.element("button", word, "aria-label", word + " " + about).close("form", "details");
    }

    /**
     * What a reader fills in.
     *
     * @param choices empty: any text
     */
    private record Field(String label, String name, boolean required, List<String> choices) {
        static Field reason(String name) {
            return new Field("Reason", name, true, List.of());
        }

        static Field environment(String name, List<EnvironmentName> environments) {
            return new Field(
                    "Environment",
                    name,
                    true,
                    environments.stream().map(EnvironmentName::value).toList());
        }

        Html input() {
            if (choices.isEmpty()) {
                return new Html().open("input", "name", name, "required", required ? "" : null, "maxlength", "500");
            }
            Html select = new Html().open("select", "name", name);
            choices.forEach(choice -> select.element("option", choice));
            return select.close("select");
        }
    }

    private Html form(Tenant tenant, Right right, Map<String, String> fields) {
        String intent = right == Right.PREVIEW ? "remove-previews" : right.word();
        Html form = new Html()
                .open("form", "method", "get", "action", Parts.path(tenant) + "/plan")
                .fragment(Parts.hidden("intent", intent));
        fields.forEach((name, value) -> form.fragment(Parts.hidden(name, value)));
        return form;
    }
}
