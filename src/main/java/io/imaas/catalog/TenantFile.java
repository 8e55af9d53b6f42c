package io.imaas.catalog;

import io.imaas.catalog.TenantDraft.ServiceDraft;
import io.imaas.model.failure.Spelling;
import io.imaas.model.tenancy.Callee;
import io.imaas.model.tenancy.Delivery;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Preview;
import io.imaas.model.tenancy.Previews;
import io.imaas.model.tenancy.Quota;
import io.imaas.model.tenancy.Reach;
import io.imaas.model.tenancy.Service.ServiceType;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads one {@code tenants/<tenant>.yaml}. */
final class TenantFile {
    private static final SchemaCheck SCHEMA = SchemaCheck.named("tenant");

    private final String fileName;
    private final Defaults defaults;
    private final Findings findings;

    private TenantFile(String path, Defaults defaults, Findings findings) {
        this.fileName = nameOf(path);
        this.defaults = defaults;
        this.findings = findings;
    }

    /** The tenant that a file must hold. */
    static String nameOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.ya?ml$", "");
    }

    static Optional<TenantDraft> read(String path, String text, Defaults defaults, Findings findings) {
        return SCHEMA.read(path, text, findings).map(new TenantFile(path, defaults, findings)::draft);
    }

    private TenantDraft draft(Section root) {
        Optional<Located<TenantName>> name = root.value("tenant", "bad-name", TenantName::new);
        name.ifPresent(this::mustBeFileName);
        List<Located<Environment>> environments = new EnvironmentRules(defaults, findings).read(root);
        boolean pathIsSound =
                !root.has("environments") || root.sections("environments").size() == environments.size();
        OffboardingFields tombstones = new OffboardingFields(root, findings);
        List<ServiceDraft> services = root.sections("services").stream()
                .map(section -> service(section, environments, pathIsSound, tombstones))
                .toList();
        Map<ServiceName, Integer> lines = new HashMap<>();
        services.forEach(service -> service.name()
                .ifPresent(
                        each -> findings.isNew(lines, each.value(), each.where(), "duplicate-service", "the service")));
        Quota quota = QuotaFields.of(root, defaults.quota(), environments, services, findings);
        Delivery delivery = root.choice("delivery", defaults.delivery());
        Section network = root.section("network");
        Reach reach = new Reach(network.list("hosts", "bad-host", text -> text), callees(network));
        Optional<Located<Previews>> previews =
                new PreviewFields(findings).read(root, environments, quota, delivery, reach);
        previews.ifPresent(on -> services.forEach(this::mustLeaveRoomForPreviews));
        return new TenantDraft(
                fileName,
                name,
                root.text("displayName").orElse(fileName),
                root.values("owners", "bad-person", s -> s),
                root.list("developers", "bad-developer", text -> text),
                root.word("contact"),
                root.value("gitops", "bad-repository", Repository::parse),
                environments,
                quota,
                network.values("allowFrom", "bad-name", TenantName::new),
                services,
                OffboardingFields.stop(root, findings),
                tombstones.ofTenant(),
                delivery,
                reach,
                previews);
    }

    private List<String> callees(Section network) {
        List<Located<Callee>> callees = network.values("egress", "bad-egress", Callee::parse);
        List<Callee> listed = defaults.callees().orElse(List.of());
        callees.stream()
                .filter(one -> defaults.callees().isEmpty()
                        ? one.value().isInternal()
                        : listed.stream().noneMatch(known -> known.covers(one.value())))
                .forEach(one -> findings.refine(
                        "egress",
                        one.where(),
                        "no tenant's services may call " + one.value().text()
                                + (defaults.callees().isEmpty()
                                        ? ", which has addresses of clusters, nodes, clouds or internal systems"
                                        : ""),
                        listed.isEmpty()
                                ? "remove it, or ask an admin to list all that tenants may call in platform.yaml: policy.egress"
                                : "the platform lets them call "
                                        + listed.stream().map(Callee::text).collect(Collectors.joining(", "))
                                        + "; an admin lists others in platform.yaml: policy.egress"));
        return callees.stream().map(one -> one.value().text()).toList();
    }

    private void mustBeFileName(Located<TenantName> name) {
        if (!name.value().value().equals(fileName)) {
            findings.refine(
                    "file-name",
                    name.where(),
                    "the tenant is '" + name.value() + "', but its file is named '" + fileName + ".yaml'",
                    "rename the file to " + name.value() + ".yaml, or fix the name");
        }
    }

    private ServiceDraft service(
            Section section, List<Located<Environment>> path, boolean pathIsSound, OffboardingFields tombstones) {
        List<Located<EnvironmentName>> own = section.values("environments", "bad-name", EnvironmentName::new);
        if (pathIsSound) {
            mustFollow(own, path.stream().map(e -> e.value().name()).toList());
        }
        Optional<Located<ServiceName>> name = section.value("name", "bad-name", ServiceName::new);
        Optional<Located<Repository>> repository = section.value("repository", "bad-repository", Repository::parse);
        Optional<ServiceType> type = section.text("type").flatMap(word -> Section.choice(ServiceType.class, word));
        List<EnvironmentName> through = own.isEmpty()
                ? path.stream().map(each -> each.value().name()).toList()
                : own.stream().map(Located::value).toList();
        ServiceFields fields = new ServiceFields(findings);
        fields.requireStepName(name, type);
        return new ServiceDraft(
                section.where(),
                name,
                repository,
                type,
                own,
                OffboardingFields.stop(section, findings),
                tombstones.ofService(section, path, through),
                AdoptedFiles.entries(section),
                fields.secrets(section),
                fields.routes(section, type, pathIsSound ? through : List.of()),
                section.word("follow").replaceFirst("^semver\\s+", ""));
    }

    private void mustLeaveRoomForPreviews(ServiceDraft service) {
        service.name()
                .filter(name -> Preview.of(name.value()).isPresent())
                .ifPresent(name -> findings.refine(
                        "preview-name",
                        name.where(),
                        "'" + name.value() + "' is called like a preview of a pull request",
                        "rename the service, or remove 'previews'"));
    }

    private void mustFollow(List<Located<EnvironmentName>> own, List<EnvironmentName> path) {
        int furthest = -1;
        for (Located<EnvironmentName> environment : own) {
            int index = path.indexOf(environment.value());
            if (index < 0) {
                List<String> known = path.stream().map(EnvironmentName::value).toList();
                findings.refine(
                        "unknown-environment",
                        environment.where(),
                        "the tenant has no environment '" + environment.value() + "'",
                        known.isEmpty()
                                ? "add it to the tenant's environments"
                                : Spelling.suggestion(environment.value().value(), known));
            } else if (index < furthest) {
                findings.refine(
                        "environment-order",
                        environment.where(),
                        "'" + environment.value() + "' comes before '" + path.get(furthest) + "' on the tenant's path",
                        "list them in the tenant's order: " + path);
            }
            furthest = Math.max(furthest, index);
        }
    }
}
