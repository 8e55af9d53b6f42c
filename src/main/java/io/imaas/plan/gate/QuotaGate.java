package io.imaas.plan.gate;

import io.imaas.model.kubernetes.Workload;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.gate.GateAnswer.State;
import io.imaas.plan.snapshot.Footprint;
import io.imaas.plan.snapshot.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Whether all services of a tenant still fit into its quota when some of them change. */
public final class QuotaGate implements Gate {
    static final String NAME = "quota";

    /** Whether it was found to fit, so that it must fit when the change lands, too: others may land before. */
    public static boolean isOpen(List<GateAnswer> gates) {
        return gates.stream().anyMatch(gate -> gate.gate().equals(NAME) && gate.state() == State.OPEN);
    }

    @Override
    public boolean asksForAllTogether() {
        return true;
    }

    @Override
    public Answer ask(Question question) {
        Map<ServiceName, List<Workload>> arriving = new TreeMap<>();
        for (ServiceName service : question.services()) {
            question.snapshot()
                    .render(service)
                    .filter(render -> render.problem().isEmpty())
                    .ifPresent(render -> arriving.put(service, render.workloads()));
        }
        if (arriving.size() < question.services().size()
                || !question.tenant().quota().isGiven()) {
            return Answer.notAsked();
        }
        Map<ServiceName, List<Workload>> now = new TreeMap<>();
        question.snapshot()
                .all(Footprint.class)
                .forEach(footprint -> now.put(footprint.service(), footprint.workloads()));
        return QuotaFit.of(question.tenant()).answer(now, arriving, remarks(question.snapshot(), arriving));
    }

    /** What is not in the numbers, or not exactly. */
    private static String remarks(Snapshot snapshot, Map<ServiceName, List<Workload>> arriving) {
        TreeMap<ServiceName, String> remarks = new TreeMap<>();
        for (Footprint footprint : snapshot.all(Footprint.class).toList()) {
            remarks.put(
                    footprint.service(),
                    footprint.problem().isEmpty()
                            ? remark(footprint.workloads())
                            : "it does not render and is not counted");
        }
        arriving.forEach((service, workloads) -> remarks.put(service, remark(workloads)));
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
