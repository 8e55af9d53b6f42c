package io.imaas.report;

import io.imaas.model.record.Unbelieved;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.gate.Answer.WaitsFor;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.plan.promotion.Outlook;
import io.imaas.plan.snapshot.EnvironmentState;
import io.imaas.plan.snapshot.GitOpsState;
import io.imaas.plan.snapshot.LastChange;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.report.Matrix.Notice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Folds a tenant's state into a matrix.
 *
 * @param changes may be empty when nobody asked since when
 */
public record MatrixBuilder(
        Tenant tenant, GitOpsState state, Map<EnvironmentName, Map<ServiceName, LastChange>> changes, Outlook outlook) {
    /** Records that are told one by one: whoever may push can put any number of files there. */
    private static final int MOST = 20;

    /** More with one cause are told together: somebody took a key off the list, or pushed to the branch. */
    private static final int FEW = 3;

    public Matrix build() {
        List<Ranked> rows = new ArrayList<>();
        state.byService().forEach((service, own) -> {
            Map<EnvironmentName, List<GateAnswer>> lagging = outlook.of(service, own);
            List<Matrix.Cell> cells = own.environments().stream()
                    .map(environment -> cell(service, environment, lagging))
                    .toList();
            rows.add(new Ranked(urgency(service, own, lagging), new Matrix.Row(service, cells)));
        });
        rows.sort(Comparator.comparingInt(Ranked::urgency));
        List<Notice> notices = new ArrayList<>();
        tenant.ownTombstones().map(Notice::ofTenant).forEach(notices::add);
        for (Service service : tenant.services()) {
            tenant.tombstone(service)
                    .map(text -> new Notice(service.name(), text))
                    .forEach(notices::add);
        }
        unbelieved(state.unbelieved()).map(Notice::ofTenant).forEach(notices::add);
        return new Matrix(
                state.environments().stream().map(EnvironmentState::name).toList(),
                rows.stream().map(Ranked::row).toList(),
                notices);
    }

    private static Stream<String> unbelieved(List<Unbelieved> records) {
        if (records.size() > FEW
                && records.stream().map(Unbelieved::why).distinct().count() == 1) {
            return Stream.of(records.size() + " records count for nothing, each for the same reason: "
                    + records.get(0).why() + ". If a key was replaced, its line must stay in 'orchestrators' of"
                    + " platform.yaml, with 'validTo'");
        }
        Stream<String> told = records.stream().limit(MOST).map(Unbelieved::sentence);
        return records.size() <= MOST
                ? told
                : Stream.concat(
                        told, Stream.of((records.size() - MOST) + " more records count for nothing: imaas doctor"));
    }

    private record Ranked(int urgency, Matrix.Row row) {}

    /** What fails stands first, then what is held, then what waits for a time; the rest stays in the order of names. */
    private int urgency(ServiceName name, GitOpsState own, Map<EnvironmentName, List<GateAnswer>> lagging) {
        List<ServiceState> states = own.environments().stream()
                .filter(environment -> absence(name, environment).isEmpty())
                .flatMap(environment -> environment.service(name).stream())
                .toList();
        if (states.stream().anyMatch(MatrixBuilder::fails)) {
            return 0;
        }
        if (states.stream().anyMatch(service -> service.release() != null && service.hold() != null)) {
            return 1;
        }
        return lagging.values().stream().flatMap(List::stream).anyMatch(gate -> gate.waitsFor() == WaitsFor.TIME)
                ? 2
                : 3;
    }

    private static boolean fails(ServiceState service) {
        boolean ill = service.health() != null && !service.health().status().passes();
        return service.unreadable() != null || (service.release() != null && ill);
    }

    /** Why the service is not in an environment, whatever Git tells of it; empty when it is. */
    private String absence(ServiceName name, EnvironmentState environment) {
        boolean skips = tenant.service(name)
                .filter(service -> !service.environments().contains(environment.name()))
                .isPresent();
        return skips ? "skipped" : outlook.isGone(name, environment.name(), state) ? "offboarded" : "";
    }

    private Matrix.Cell cell(
            ServiceName name, EnvironmentState environment, Map<EnvironmentName, List<GateAnswer>> lagging) {
        String absence = absence(name, environment);
        if (!absence.isEmpty()) {
            return Matrix.Cell.absent(absence);
        }
        List<String> waits = waits(environment.name(), lagging.get(environment.name()));
        ServiceState service = environment.service(name).orElse(null);
        if (service != null && service.unreadable() != null) {
            String why = "unreadable: " + service.unreadable().sentence();
            return new Matrix.Cell("", "", "", "", "", why, false, waits);
        }
        if (service == null || service.release() == null) {
            return new Matrix.Cell("", "", "", "", "", "", false, waits);
        }
        LastChange change = changes.getOrDefault(environment.name(), Map.of()).get(name);
        return new Matrix.Cell(
                service.release().version(),
                service.release().image().digest().value(),
                health(service),
                change == null ? "" : change.at().toString(),
                change == null ? "" : change.by(),
                Stream.of(
                                service.hold() == null
                                        ? ""
                                        : "held: " + service.hold().reason(),
                                change == null || change.assumed().isEmpty() ? "" : "assumed " + change.assumed())
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining("; ")),
                service.hold() != null,
                waits);
    }

    private List<String> waits(EnvironmentName to, List<GateAnswer> gates) {
        if (gates == null) {
            return List.of();
        }
        return gates.isEmpty()
                ? List.of("ready to be promoted" + outlook.askedThen(to))
                : gates.stream()
                        .map(gate -> gate.gate() + ": " + gate.opening())
                        .toList();
    }

    private static String health(ServiceState service) {
        return service.health() == null
                ? "unproven"
                : service.health().status().name().toLowerCase(Locale.ROOT);
    }
}
