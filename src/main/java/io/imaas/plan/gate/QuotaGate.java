package io.imaas.plan.gate;

import io.imaas.model.kubernetes.Demand;
import io.imaas.model.kubernetes.Quantity;
import io.imaas.model.kubernetes.Workload;
import io.imaas.model.tenancy.Quota;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.snapshot.Footprint;
import io.imaas.plan.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whether all services of a tenant still fit into its quota when some of them change.
 *
 * <p>Counted as Kubernetes' ResourceQuota counts (kubernetes.io, "Resource Quotas"): pods, {@code requests.cpu},
 * {@code requests.memory} and {@code limits.memory} of everything in the namespace at the same time, an update's
 * additional pod included: without room for it the update would never end.
 */
final class QuotaGate implements Gate {
    @Override
    public String name() {
        return "quota";
    }

    @Override
    public boolean asksForAllTogether() {
        return true;
    }

    @Override
    public Answer ask(Question question) {
        Set<ServiceName> arriving = new TreeSet<>(question.services());
        Snapshot snapshot = question.snapshot();
        boolean known = arriving.stream().allMatch(service -> snapshot.render(service)
                .filter(r -> r.problem().isEmpty())
                .isPresent());
        if (!known || !question.tenant().quota().isGiven()) {
            return Answer.notAsked();
        }
        Demand after = Demand.NONE;
        Demand during = Demand.NONE;
        for (ServiceName service : services(snapshot, arriving)) {
            List<Workload> now = workloadsNow(snapshot, service);
            List<Workload> then = arriving.contains(service)
                    ? snapshot.render(service).orElseThrow().workloads()
                    : now;
            for (Workload workload : then) {
                after = after.plus(workload.demand());
                during = during.plus(arriving.contains(service) ? peak(workload, now) : workload.demand());
            }
        }
        return answer(question, after, during, remarks(snapshot, arriving));
    }

    private static Answer answer(Question question, Demand after, Demand during, String remarks) {
        Quota quota = question.tenant().quota();
        List<String> tooMuch = beyond(quota, after);
        if (!tooMuch.isEmpty()) {
            return Answer.closed("needs " + String.join(" and ", tooMuch) + remarks, opener(question, during));
        }
        List<String> whileUpdating = beyond(quota, during);
        if (!whileUpdating.isEmpty()) {
            return Answer.closed(
                    "fits, but its update starts a pod before it ends one and then needs "
                            + String.join(" and ", whileUpdating) + remarks,
                    opener(question, during));
        }
        return Answer.open(after.pods() + " of " + quota.pods() + " pods, "
                + after.cpu().cores() + " of " + quota.cpu() + " CPU, "
                + after.memoryLimit().max(after.memory()).memory() + " of " + quota.memory() + " memory"
                + (during.equals(after) ? "" : "; " + during.pods() + " pods while it updates") + remarks);
    }

    private static List<String> beyond(Quota quota, Demand demand) {
        Quantity memory = Quantity.parse(quota.memory());
        List<String> beyond = new ArrayList<>();
        if (demand.pods() > quota.pods()) {
            beyond.add(demand.pods() + " pods of " + quota.pods());
        }
        if (demand.cpu().compareTo(Quantity.parse(quota.cpu())) > 0) {
            beyond.add(demand.cpu().cores() + " CPU of " + quota.cpu());
        }
        if (demand.memory().compareTo(memory) > 0) {
            beyond.add(demand.memory().memory() + " requested memory of " + quota.memory());
        }
        if (demand.memoryLimit().compareTo(memory) > 0) {
            beyond.add("memory limits of " + demand.memoryLimit().memory() + " of " + quota.memory());
        }
        return beyond;
    }

    private static String opener(Question question, Demand needed) {
        Quota quota = question.tenant().quota();
        Quantity memory = needed.memory().max(needed.memoryLimit());
        List<String> raise = new ArrayList<>();
        if (needed.pods() > quota.pods()) {
            raise.add("pods: " + needed.pods());
        }
        if (needed.cpu().compareTo(Quantity.parse(quota.cpu())) > 0) {
            raise.add("cpu: " + needed.cpu().cores());
        }
        if (memory.compareTo(Quantity.parse(quota.memory())) > 0) {
            raise.add("memory: " + memory.memory());
        }
        return "raise the quota in " + question.tenantFile() + " to at least " + String.join(", ", raise)
                + ", or lower replicas or resources";
    }

    /** The most that runs at any moment of an update: all old pods and one new, up to all new pods and one old. */
    private static Demand peak(Workload workload, List<Workload> now) {
        return now.stream()
                .filter(old -> workload.surges() && workload.replaces(old) && old.replicas() > 0)
                .findFirst()
                .map(old ->
                        old.demand().plus(workload.pod()).max(workload.demand().plus(old.pod())))
                .orElse(workload.demand());
    }

    private static Set<ServiceName> services(Snapshot snapshot, Set<ServiceName> arriving) {
        Set<ServiceName> services = new TreeSet<>(arriving);
        snapshot.footprints().forEach(footprint -> services.add(footprint.service()));
        return services;
    }

    private static List<Workload> workloadsNow(Snapshot snapshot, ServiceName service) {
        return snapshot.footprints().stream()
                .filter(footprint -> footprint.service().equals(service))
                .findFirst()
                .map(Footprint::workloads)
                .orElse(List.of());
    }

    /** What is not in the numbers, or not exactly. */
    private static String remarks(Snapshot snapshot, Set<ServiceName> arriving) {
        TreeMap<ServiceName, String> remarks = new TreeMap<>();
        for (Footprint footprint : snapshot.footprints()) {
            if (!arriving.contains(footprint.service())) {
                String problem = footprint.problem().isEmpty() ? "" : "it does not render and is not counted";
                remarks.put(footprint.service(), problem.isEmpty() ? remark(footprint.workloads()) : problem);
            }
        }
        arriving.forEach(service -> remarks.put(
                service, remark(snapshot.render(service).orElseThrow().workloads())));
        return remarks.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> "; " + entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining());
    }

    private static String remark(List<Workload> workloads) {
        return workloads.stream()
                .map(Workload::remark)
                .filter(remark -> !remark.isEmpty())
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
