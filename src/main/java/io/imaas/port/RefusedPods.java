package io.imaas.port;

import io.imaas.model.kubernetes.Tree;
import java.util.List;

/**
 * Why a Job has no pods. A Deployment says in its status that its pods are refused; a Job says it in events alone
 * (Kubernetes, {@code job_controller.go}: {@code FailedCreate}).
 */
public record RefusedPods(Cluster cluster) {
    /** In the server's words; empty when it says nothing, or does not let us read it. */
    public List<String> of(Tree job) {
        return Cluster.ifAllowed(() -> cluster.list(
                        "v1",
                        "Event",
                        job.at("metadata", "namespace").text(),
                        "involvedObject.uid",
                        job.at("metadata", "uid").text()))
                .stream()
                .map(Tree::of)
                .filter(event -> event.at("reason").text().equals("FailedCreate"))
                .map(event ->
                        "the cluster refuses its pods: " + event.at("message").text())
                .distinct()
                .toList();
    }
}
