package io.imaas.adapter.direct;

import io.imaas.model.image.ImageRef;
import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.kubernetes.PodReasons;
import io.imaas.model.kubernetes.Tree;
import io.imaas.port.Cluster;
import io.imaas.port.RefusedPods;
import java.util.List;
import java.util.Optional;

/** Looks whether a service's workload runs an image, whichever kind of workload it is. */
record Workload(Cluster cluster, String namespace, String service) {
    Liveness liveness(ImageRef image) {
        Optional<Manifest> deployment = cluster.get("apps/v1", "Deployment", namespace, service);
        if (deployment.isPresent()) {
            return new DeploymentRollout(Tree.of(deployment.get()), image, this::autoscaler, this::pods).liveness();
        }
        List<Tree> scheduled = mine("CronJob");
        if (!scheduled.isEmpty()) {
            return cronJob(scheduled.get(0), image);
        }
        return mine("Job").stream()
                .filter(job -> PodImages.run(job.at("spec", "template"), image))
                .findFirst()
                .map(job -> job(job, image))
                .orElse(Liveness.stale("the workload of " + service + " to be there"));
    }

    private List<Tree> mine(String kind) {
        return cluster.list("batch/v1", kind, namespace, "imaas.io/service", service).stream()
                .map(Tree::of)
                .filter(object ->
                        object.at("metadata", "ownerReferences").items().isEmpty())
                .toList();
    }

    private Optional<Tree> autoscaler() {
        return cluster.get("autoscaling/v2", "HorizontalPodAutoscaler", namespace, service)
                .map(Tree::of);
    }

    /** Those on their way out no longer count. */
    private List<Tree> pods() {
        return cluster.list("v1", "Pod", namespace, "imaas.io/service", service).stream()
                .map(Tree::of)
                .filter(pod -> !pod.at("metadata", "deletionTimestamp").isThere())
                .toList();
    }

    private static Liveness cronJob(Tree cronJob, ImageRef image) {
        if (!PodImages.run(cronJob.at("spec", "jobTemplate", "spec", "template"), image)) {
            return Liveness.stale("the CronJob to have " + image.digest().abbreviated());
        }
        return Liveness.live(List.of("scheduled with " + image.digest().abbreviated() + ": runs at '"
                + cronJob.at("spec", "schedule").text() + "'"));
    }

    private Liveness job(Tree job, ImageRef image) {
        Tree failed = job.condition("Failed");
        if (failed.at("status").text().equals("True")) {
            return Liveness.broken(List.of(
                    "the job failed: " + failed.at("reason").text(),
                    failed.at("message").text()));
        }
        Tree complete = job.condition("Complete");
        if (complete.at("status").text().equals("True")) {
            return Liveness.live(
                    List.of("the job ran to its end", complete.at("message").text()));
        }
        List<Tree> ours = PodImages.of(pods(), image);
        List<String> refused = ours.isEmpty() ? new RefusedPods(cluster).of(job) : List.of();
        if (!refused.isEmpty()) {
            return Liveness.rejected("the job to end", refused);
        }
        PodReasons pods = PodReasons.of(ours);
        return pods.failing()
                ? Liveness.failing("the job to end", pods.reasons())
                : Liveness.underway("the job to end", pods.reasons());
    }
}
