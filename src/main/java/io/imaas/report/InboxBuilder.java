package io.imaas.report;

import io.imaas.model.rollout.Approval;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.rollout.HealthRecord.Status;
import io.imaas.model.rollout.Release;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.gate.Answer.WaitsFor;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.plan.gate.PastedCommand;
import io.imaas.plan.promotion.Outlook;
import io.imaas.plan.snapshot.EnvironmentState;
import io.imaas.plan.snapshot.ForcedChange;
import io.imaas.plan.snapshot.GitOpsState;
import io.imaas.plan.snapshot.LastChange;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.report.InboxItem.Kind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What waits for whom in one tenant, the most urgent first. */
public final class InboxBuilder {
    private static final Comparator<InboxItem> URGENT_FIRST = Comparator.comparing(InboxItem::kind)
            .thenComparing(InboxItem::since, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(InboxItem::service, Comparator.nullsFirst(Comparator.naturalOrder()));

    private final Tenant tenant;
    private final Outlook outlook;
    private final GitOpsState state;
    private final Map<EnvironmentName, Map<ServiceName, LastChange>> changes;
    private final List<InboxItem> items = new ArrayList<>();

    private InboxBuilder(
            Tenant tenant,
            Outlook outlook,
            GitOpsState state,
            Map<EnvironmentName, Map<ServiceName, LastChange>> changes) {
        this.outlook = outlook;
        this.tenant = tenant;
        this.state = state;
        this.changes = changes;
    }

    /**
     * @param changes the commits that brought the releases: what waits has waited since then
     * @param forced what was passed by force
     * @param overriders who may confirm that, besides the environment's approvers
     */
    public static List<InboxItem> of(
            Tenant tenant,
            Outlook outlook,
            GitOpsState state,
            Map<EnvironmentName, Map<ServiceName, LastChange>> changes,
            List<ForcedChange> forced,
            List<String> overriders) {
        InboxBuilder builder = new InboxBuilder(tenant, outlook, state, changes);
        forced.stream().filter(ForcedChange::open).forEach(one -> builder.override(one, overriders));
        return builder.read();
    }

    private void override(ForcedChange forced, List<String> overriders) {
        Approval said = forced.override();
        List<String> approvers = tenant.environment(said.environment())
                .map(Environment::approvers)
                .orElse(List.of());
        add(
                said.service(),
                said.environment(),
                Kind.OVERRIDE,
                said.sentence() + "; " + forced.standing(),
                said.at(),
                Stream.concat(overriders.stream(), approvers.stream())
                        .filter(one -> !one.equals(said.by()))
                        .distinct()
                        .toList(),
                PastedCommand.of(tenant, "approve", said.service(), said.environment(), "--confirm-override"));
    }

    private List<InboxItem> read() {
        state.byService().forEach((service, own) -> {
            for (EnvironmentState environment : own.environments()) {
                environment
                        .service(service)
                        .filter(there -> !outlook.isGone(service, environment.name(), state))
                        .ifPresent(there -> standing(environment.name(), there));
            }
            outlook.of(service, own).forEach((to, gates) -> promotion(service, own, to, gates));
        });
        return items.stream().sorted(URGENT_FIRST).toList();
    }

    /** What is the matter with what runs. */
    private void standing(EnvironmentName environment, ServiceState service) {
        if (service.unreadable() != null) {
            add(
                    service.service(),
                    environment,
                    Kind.UNREADABLE,
                    service.unreadable().sentence(),
                    null,
                    owners(),
                    "");
        }
        HealthRecord health = service.health();
        if (health != null && !health.status().passes()) {
            boolean degraded = health.status() == Status.DEGRADED;
            add(
                    service.service(),
                    environment,
                    Kind.FAILING,
                    version(service) + (degraded ? " is degraded: " : " could not be applied: ") + health.evidence(),
                    health.since(),
                    owners(),
                    PastedCommand.of(tenant, degraded ? "rollback" : "rollout", service.service(), environment));
        }
        boolean adopted = tenant.adopted(service.service(), environment).isPresent();
        if (health == null && adopted && service.release() != null) {
            // No release of ours brought it, so nobody followed its rollout.
            add(
                    service.service(),
                    environment,
                    Kind.ACTION,
                    version(service) + " was not yet seen healthy",
                    null,
                    owners(),
                    PastedCommand.of(tenant, "rollout", service.service(), environment));
        }
        if (service.hold() != null) {
            add(
                    service.service(),
                    environment,
                    Kind.HELD,
                    "held: " + service.hold().reason(),
                    service.hold().since(),
                    List.of(service.hold().by()),
                    PastedCommand.of(tenant, "resume", service.service(), environment));
        }
    }

    /** What keeps the release of the environment before from coming to this one. */
    private void promotion(ServiceName service, GitOpsState own, EnvironmentName to, List<GateAnswer> gates) {
        List<EnvironmentName> path = tenant.service(service).orElseThrow().environments();
        EnvironmentName from = path.get(path.indexOf(to) - 1);
        ServiceState waiting = own.environment(from).service(service).orElseThrow();
        Instant since = Optional.ofNullable(changes.getOrDefault(from, Map.of()).get(service))
                .map(LastChange::at)
                .orElse(null);
        String what = version(waiting) + " of " + from;
        if (gates.isEmpty()) {
            add(
                    service,
                    to,
                    Kind.READY,
                    what + " can be promoted" + outlook.askedThen(to),
                    since,
                    owners(),
                    PastedCommand.of(tenant, "promote", service, from, to));
        }
        for (GateAnswer gate : gates) {
            if (!gate.gate().equals("hold") && !alreadyTold(service, from, gate)) {
                add(service, to, kind(gate), what + ": " + told(gate), since, whom(gate, to), gate.whatOpensIt());
            }
        }
    }

    private static String told(GateAnswer gate) {
        return gate.found()
                + (gate.askAgainAt() == null
                        ? ""
                        : ", until " + gate.askAgainAt().truncatedTo(ChronoUnit.SECONDS));
    }

    /** What is the matter with a release is told once, where it runs. */
    private boolean alreadyTold(ServiceName service, EnvironmentName from, GateAnswer gate) {
        return gate.gate().equals("order")
                && items.stream()
                        .anyMatch(item ->
                                (item.kind() == Kind.FAILING || item.command().equals(gate.whatOpensIt()))
                                        && service.equals(item.service())
                                        && from.equals(item.environment()));
    }

    private static Kind kind(GateAnswer gate) {
        WaitsFor waits = gate.waitsFor();
        return waits == WaitsFor.APPROVAL ? Kind.APPROVAL : waits == WaitsFor.TIME ? Kind.TIME : Kind.ACTION;
    }

    private List<String> whom(GateAnswer gate, EnvironmentName to) {
        return switch (kind(gate)) {
            case APPROVAL -> tenant.environment(to).map(Environment::approvers).orElse(List.of());
            case TIME -> List.of();
            default -> owners();
        };
    }

    private List<String> owners() {
        return tenant.owners();
    }

    private static String version(ServiceState service) {
        return service.running().map(Release::called).orElse("it");
    }

    private void add(
            ServiceName service,
            EnvironmentName environment,
            Kind kind,
            String what,
            Instant since,
            List<String> whom,
            String command) {
        items.add(new InboxItem(tenant.name(), service, environment, kind, what, since, whom, command));
    }
}
