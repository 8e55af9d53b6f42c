package io.imaas.plan.gate;

import io.imaas.model.kubernetes.Demand;
import io.imaas.model.kubernetes.Quantity;
import io.imaas.model.kubernetes.Workload;
import io.imaas.model.tenancy.Quota;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What services need together against a tenant's quota.
 *
 * <p>Counted as Kubernetes' ResourceQuota counts (kubernetes.io, "Resource Quotas"): pods, {@code requests.cpu},
 * {@code requests.memory} and {@code limits.memory} of everything in the namespace at the same time, an update's
 * additional pod included: without room for it the update would never end.
 *
 * @param tenantFile where the quota stands
 */
public record QuotaFit(Quota quota, String tenantFile) implements Serializable {
    public static QuotaFit of(Tenant tenant) {
        return new QuotaFit(tenant.quota(), Question.tenantFile(tenant));
    }

    /**
     * Whether it fits.
     *
     * @param now what every service runs
     * @param arriving what some of them would run instead
     * @param remarks what else to say, after the numbers
     */
    public Answer answer(
            Map<ServiceName, List<Workload>> now, Map<ServiceName, List<Workload>> arriving, String remarks) {
        Map<ServiceName, List<Workload>> then = new TreeMap<>(now);
        then.putAll(arriving);
        Demand after = Demand.NONE;
        Demand during = Demand.NONE;
        for (Map.Entry<ServiceName, List<Workload>> service : then.entrySet()) {
            List<Workload> before = now.getOrDefault(service.getKey(), List.of());
            for (Workload workload : service.getValue()) {
                after = after.plus(workload.demand());
                during = during.plus(
                        arriving.containsKey(service.getKey()) ? peak(workload, before) : workload.demand());
            }
        }
        List<String> tooMuch = beyond(after);
        if (!tooMuch.isEmpty()) {
            return Answer.closed("needs " + String.join(" and ", tooMuch) + remarks, opener(during));
        }
        List<String> whileUpdating = beyond(during);
        if (!whileUpdating.isEmpty()) {
            return Answer.closed(
                    "fits, but its update starts a pod before it ends one and then needs "
                            + String.join(" and ", whileUpdating) + remarks,
                    opener(during));
        }
        return Answer.open(after.pods() + " of " + quota.pods() + " pods, "
                + after.cpu().cores() + " of " + quota.cpu() + " CPU, "
                + after.memoryLimit().max(after.memory()).memory() + " of " + quota.memory() + " memory"
                + (during.equals(after) ? "" : "; " + during.pods() + " pods while it updates") + remarks);
    }

    private List<String> beyond(Demand demand) {
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

    private String opener(Demand needed) {
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
        return "raise the quota in " + tenantFile + " to at least " + String.join(", ", raise)
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
}
