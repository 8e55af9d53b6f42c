package io.imaas.dev.local;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The status of a workload that nobody runs, in the form that Kubernetes gives it. */
final class RecordedStatus {
    /** What a person reads as evidence: this cluster never claims that something ran. */
    static final String EVIDENCE = "recorded by the local cluster: no pods run here";

    private static final String REASON = "RecordedOnly";

    private RecordedStatus() {}

    /**
     * @param fault why it is to look broken
     * @return empty for a kind without a status
     */
    static Map<String, Object> of(StoredObject object, Optional<String> fault) {
        return switch (object.manifest().kind()) {
            case "Deployment" -> deployment(object, fault);
            case "Job" -> job(fault);
            case "Namespace" -> Map.of("phase", "Active");
            default -> Map.of();
        };
    }

    private static Map<String, Object> deployment(StoredObject object, Optional<String> fault) {
        int wanted = replicas(object);
        int ready = fault.isPresent() ? 0 : wanted;
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("observedGeneration", object.generation());
        status.put("replicas", wanted);
        status.put("updatedReplicas", wanted);
        status.put("readyReplicas", ready);
        status.put("availableReplicas", ready);
        status.put("unavailableReplicas", wanted - ready);
        status.put("conditions", fault.map(RecordedStatus::broken).orElseGet(RecordedStatus::good));
        return status;
    }

    private static List<Map<String, Object>> good() {
        return List.of(
                condition("Available", "True", REASON, EVIDENCE),
                condition("Progressing", "True", "NewReplicaSetAvailable", EVIDENCE));
    }

    private static List<Map<String, Object>> broken(String fault) {
        return List.of(
                condition("Available", "False", "ScriptedFault", fault),
                fault.startsWith(Faults.SLOW)
                        ? condition("Progressing", "True", "ReplicaSetUpdated", scripted(fault))
                        : condition("Progressing", "False", "ProgressDeadlineExceeded", scripted(fault)));
    }

    private static Map<String, Object> job(Optional<String> fault) {
        if (fault.filter(why -> why.startsWith(Faults.SLOW)).isPresent()) {
            return Map.of("active", 1);
        }
        Map<String, Object> status = new LinkedHashMap<>();
        status.put(fault.isPresent() ? "failed" : "succeeded", 1);
        status.put(
                "conditions",
                List.of(
                        fault.isPresent()
                                ? condition("Failed", "True", "ScriptedFault", scripted(fault.get()))
                                : condition("Complete", "True", REASON, EVIDENCE)));
        return status;
    }

    private static String scripted(String fault) {
        return "a fault scripted for the local cluster: " + fault;
    }

    private static int replicas(StoredObject object) {
        return object.content().get("spec") instanceof Map<?, ?> spec && spec.get("replicas") instanceof Integer number
                ? number
                : 1;
    }

    private static Map<String, Object> condition(String type, String status, String reason, String message) {
        Map<String, Object> condition = new LinkedHashMap<>();
        condition.put("type", type);
        condition.put("status", status);
        condition.put("reason", reason);
        condition.put("message", message);
        return condition;
    }
}
