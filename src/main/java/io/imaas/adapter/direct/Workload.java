package io.imaas.adapter.direct;

import io.imaas.model.image.ImageRef;
import io.imaas.model.kubernetes.Manifest;
import io.imaas.port.Cluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks whether a service's workload runs an image. Only the conjunction is evidence: the wanted image, the newest
 * generation seen by the controller, and every pod updated and ready (kubernetes.io, "Deployment status").
 */
final class Workload {
    private final Cluster cluster;
    private final String namespace;
    private final String service;

    Workload(Cluster cluster, String namespace, String service) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.service = service;
    }

    Liveness liveness(ImageRef image) {
        Optional<Manifest> deployment = cluster.get("apps/v1", "Deployment", namespace, service);
        if (deployment.isPresent()) {
            return deployment(Tree.of(deployment.get()), image);
        }
        List<Tree> scheduled = mine("CronJob");
        if (!scheduled.isEmpty()) {
            return cronJob(scheduled.get(0), image);
        }
        return mine("Job").stream()
                .filter(job -> runs(job.at("spec", "template"), image))
                .findFirst()
                .map(Workload::job)
                .orElse(Liveness.stale("the workload of " + service + " to be there"));
    }

    private List<Tree> mine(String kind) {
        return cluster.list("batch/v1", kind, namespace, "imaas.io/service", service).stream()
                .map(Tree::of)
                .filter(object ->
                        object.at("metadata", "ownerReferences").items().isEmpty())
                .toList();
    }

    private Liveness deployment(Tree deployment, ImageRef image) {
        if (!runs(deployment.at("spec", "template"), image)) {
            return Liveness.stale("the Deployment to have " + image.digest().abbreviated());
        }
        Tree status = deployment.at("status");
        if (status.at("observedGeneration").number()
                < deployment.at("metadata", "generation").number()) {
            return Liveness.underway("Kubernetes to notice the change", List.of());
        }
        Tree progressing = deployment.condition("Progressing");
        if (progressing.at("reason").text().equals("ProgressDeadlineExceeded")) {
            List<String> reasons = new ArrayList<>(pods(image).reasons());
            reasons.add(progressing.at("message").text());
            return Liveness.broken(reasons);
        }
        return pods(deployment, image);
    }

    private Liveness pods(Tree deployment, ImageRef image) {
        Tree replicas = deployment.at("spec", "replicas");
        int wanted = replicas.isThere() ? replicas.number() : 1;
        Tree status = deployment.at("status");
        int updated = status.at("updatedReplicas").number();
        int ready = Math.min(
                status.at("readyReplicas").number(),
                status.at("availableReplicas").number());
        int old = status.at("replicas").number() - updated;
        if (updated >= wanted && ready >= wanted && old <= 0) {
            List<String> evidence = new ArrayList<>();
            evidence.add(wanted + " of " + wanted + " replicas updated and ready with "
                    + image.digest().abbreviated());
            evidence.add(deployment.condition("Available").at("message").text());
            evidence.removeIf(String::isBlank);
            return Liveness.live(evidence);
        }
        PodReasons pods = pods(image);
        if (pods.hopeless()) {
            return Liveness.broken(pods.reasons());
        }
        String missing = updated < wanted
                ? updated + " of " + wanted + " pods updated"
                : ready < wanted ? ready + " of " + wanted + " pods ready" : old + " old pods still there";
        return Liveness.underway(missing, pods.reasons());
    }

    private PodReasons pods(ImageRef image) {
        return PodReasons.of(cluster.list("v1", "Pod", namespace, "imaas.io/service", service).stream()
                .map(Tree::of)
                .filter(pod -> runs(pod, image))
                .toList());
    }

    private static Liveness cronJob(Tree cronJob, ImageRef image) {
        if (!runs(cronJob.at("spec", "jobTemplate", "spec", "template"), image)) {
            return Liveness.stale("the CronJob to have " + image.digest().abbreviated());
        }
        return Liveness.live(List.of("scheduled with " + image.digest().abbreviated() + ": runs at '"
                + cronJob.at("spec", "schedule").text() + "'"));
    }

    private static Liveness job(Tree job) {
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
        return Liveness.underway("the job to end", List.of());
    }

    /** Whether the runtime's container in a pod (or its template) has exactly this image. */
    private static boolean runs(Tree pod, ImageRef image) {
        return pod.at("spec", "containers").items().stream()
                .anyMatch(container -> container.at("image").text().equals(image.toString()));
    }
}
