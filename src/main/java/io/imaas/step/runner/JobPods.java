package io.imaas.step.runner;

import io.imaas.model.kubernetes.PodReasons;
import io.imaas.model.kubernetes.Tree;
import io.imaas.port.Cluster;
import io.imaas.port.RefusedPods;
import java.util.List;

/** The pods of a Job that has not ended: why none of them has begun to work. */
record JobPods(Cluster cluster) {
    /** By this label Kubernetes' own controller says whose a pod is. */
    private static final String OF_JOB = "batch.kubernetes.io/job-name";

    /**
     * @param begun whether a pod works, or has worked
     * @param obstacle why none does, in Kubernetes' words; empty when one does, or nothing is known
     */
    record Seen(boolean begun, String obstacle) {}

    Seen look(Tree job) {
        List<Tree> pods = pods(job);
        List<String> reasons = pods.isEmpty()
                ? new RefusedPods(cluster).of(job)
                : PodReasons.of(pods).reasons();
        boolean begun =
                pods.stream().anyMatch(pod -> !pod.at("status", "phase").text().equals("Pending"));
        return new Seen(begun, begun ? "" : String.join("; ", reasons));
    }

    /** An account that may not look at pods still learns how the Job ends. */
    private List<Tree> pods(Tree job) {
        return Cluster.ifAllowed(() -> cluster.list(
                        "v1",
                        "Pod",
                        job.at("metadata", "namespace").text(),
                        OF_JOB,
                        job.at("metadata", "name").text()))
                .stream()
                .map(Tree::of)
                .toList();
    }
}
