package io.imaas.step.runner;

import io.imaas.model.failure.FailureException;
import io.imaas.model.image.Digest;
import io.imaas.model.kubernetes.ClusterObject;
import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.kubernetes.OwnLabels;
import io.imaas.model.kubernetes.Tree;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.Verification;
import io.imaas.port.Cluster;
import io.imaas.port.Cluster.Applied;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A check's Job in the service's namespace: one for each rollout that is verified, with no right to anything. */
final class VerificationJob {
    private static final String API = "batch/v1";
    private static final String KIND = "Job";
    private static final Duration KEPT = Duration.ofDays(1);
    private static final int LONGEST_NAME = 63;
    private static final int MARK = 10;

    private final Tenant tenant;
    private final RolloutTarget target;
    private final Verification check;
    private final String name;

    /** @param since when the verification began: another one runs another Job */
    VerificationJob(Tenant tenant, RolloutTarget target, Verification check, Instant since) {
        this.tenant = tenant;
        this.target = target;
        this.check = check;
        String mark = Digest.of(target.service() + "@" + target.image() + "@" + since)
                .hex()
                .substring(0, MARK);
        String readable = "verify-" + check.name() + "-" + target.service();
        this.name = readable.substring(0, Math.min(readable.length(), LONGEST_NAME - MARK - 1)) + "-" + mark;
    }

    enum Result {
        RUNNING,
        PASSED,
        FAILED
    }

    /**
     * @param said for people, with where to read on
     * @param pods how they are while it runs
     */
    record State(Result result, String said, JobPods.Seen pods) {
        private State(Result result, String said) {
            this(result, said, new JobPods.Seen(false, ""));
        }
    }

    /** Makes the Job where it is not there yet, and says how it stands. */
    State state(Cluster cluster) {
        Optional<Manifest> there = cluster.get(API, KIND, namespace(), name);
        if (there.isEmpty()) {
            Applied applied = cluster.ensure(List.of(object()));
            if (!applied.failures().isEmpty()) {
                throw new FailureException(applied.failures().get(0));
            }
            return new State(Result.RUNNING, "job " + name + " begins");
        }
        Tree job = Tree.of(there.get());
        Tree failed = job.condition("Failed");
        if (holds(failed)) {
            return new State(
                    Result.FAILED, message(failed) + "; its output: kubectl logs -n " + namespace() + " job/" + name);
        }
        Tree complete = job.condition("Complete");
        if (holds(complete)) {
            return new State(Result.PASSED, "job " + name + " ended well: " + message(complete));
        }
        JobPods.Seen pods = new JobPods(cluster).look(job);
        String obstacle = pods.obstacle();
        return new State(
                Result.RUNNING, "job " + name + (obstacle.isEmpty() ? " runs" : " has not started: " + obstacle), pods);
    }

    private static boolean holds(Tree condition) {
        return condition.at("status").text().equals("True");
    }

    private static String message(Tree condition) {
        String message = condition.at("message").text();
        return message.isEmpty() ? condition.at("reason").text() : message;
    }

    private String namespace() {
        return tenant.namespace(target.environment());
    }

    private ClusterObject object() {
        OwnLabels owner = OwnLabels.of(tenant, target.environment());
        Map<String, Object> labels = new LinkedHashMap<>(owner.labels());
        // Not the label of what a service runs: the Job is neither part of a release nor left over from one.
        labels.put("imaas.io/verifies", target.service().value());
        Map<String, Object> container = new LinkedHashMap<>();
        container.put("name", "verify");
        container.put("image", check.job().image().toString());
        if (!check.job().command().isEmpty()) {
            container.put("command", check.job().command());
        }
        container.put(
                "env",
                List.of(
                        variable("IMAAS_TENANT", tenant.name()),
                        variable("IMAAS_SERVICE", target.service()),
                        variable("IMAAS_ENVIRONMENT", target.environment()),
                        variable("IMAAS_DIGEST", target.image().digest())));
        container.put(
                "resources",
                Map.of(
                        "requests", Map.of("cpu", "100m", "memory", "128Mi"),
                        "limits", Map.of("cpu", "500m", "memory", "256Mi")));
        container.put(
                "securityContext",
                Map.of(
                        "allowPrivilegeEscalation", false,
                        "readOnlyRootFilesystem", true,
                        "capabilities", Map.of("drop", List.of("ALL"))));
        Map<String, Object> pod = new LinkedHashMap<>();
        pod.put("restartPolicy", "Never");
        pod.put("automountServiceAccountToken", false);
        pod.put("securityContext", Map.of("runAsNonRoot", true, "seccompProfile", Map.of("type", "RuntimeDefault")));
        pod.put("containers", List.of(container));
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("backoffLimit", 0);
        spec.put("activeDeadlineSeconds", check.job().timeout().toSeconds());
        spec.put("ttlSecondsAfterFinished", KEPT.toSeconds());
        spec.put("template", Map.of("metadata", Map.of("labels", labels), "spec", pod));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("apiVersion", API);
        fields.put("kind", KIND);
        fields.put("metadata", Map.of("name", name, "namespace", namespace(), "labels", labels));
        fields.put("spec", spec);
        return new ClusterObject(API, KIND, namespace(), name, owner, fields);
    }

    private static Map<String, Object> variable(String name, Object value) {
        return Map.of("name", name, "value", value.toString());
    }
}
