package io.imaas.adapter.direct;

import io.imaas.model.image.ImageRef;
import io.imaas.model.kubernetes.PodReasons;
import io.imaas.model.kubernetes.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * How far a Deployment is with an image. Only the conjunction is evidence: the wanted image, the newest generation seen by
 * the controller, every wanted pod updated and ready, none of another image, and as many pods as the autoscaler wants at
 * least (kubernetes.io, "Deployment status").
 *
 * @param autoscaler and {@code pods} are asked for only where they matter: each is a call
 */
record DeploymentRollout(
        Tree deployment, ImageRef image, Supplier<Optional<Tree>> autoscaler, Supplier<List<Tree>> pods) {
    Liveness liveness() {
        if (!PodImages.run(deployment.at("spec", "template"), image)) {
            return Liveness.stale("the Deployment to have " + image.digest().abbreviated());
        }
        if (status("observedGeneration")
                < deployment.at("metadata", "generation").number()) {
            return Liveness.underway("Kubernetes to notice the change", List.of());
        }
        Tree progressing = deployment.condition("Progressing");
        if (progressing.at("status").text().equals("False")) {
            List<String> reasons = new ArrayList<>(
                    PodReasons.of(PodImages.of(pods.get(), image)).reasons());
            reasons.add(progressing.at("message").text());
            return Liveness.broken(reasons);
        }
        Tree replicas = deployment.at("spec", "replicas");
        int wanted = replicas.isThere() ? replicas.number() : atLeast().orElse(1);
        if (wanted == 0) {
            return Liveness.underway(
                    "somebody to scale it up: it is scaled to 0, so nothing runs the image", List.of());
        }
        return complete(wanted) ? scaled(wanted) : incomplete(wanted);
    }

    private boolean complete(int wanted) {
        int updated = status("updatedReplicas");
        return updated >= wanted
                && Math.min(status("readyReplicas"), status("availableReplicas")) >= wanted
                && status("replicas") <= updated;
    }

    private int status(String field) {
        return deployment.at("status", field).number();
    }

    /** The autoscaler's minimum; empty where there is none. */
    private Optional<Integer> atLeast() {
        return autoscaler.get().map(found -> {
            Tree minimum = found.at("spec", "minReplicas");
            return minimum.isThere() ? minimum.number() : 1;
        });
    }

    private Liveness scaled(int wanted) {
        Optional<Integer> minimum = atLeast();
        if (minimum.isPresent() && wanted < minimum.get()) {
            return Liveness.underway(
                    "the autoscaler to raise " + wanted + " pods to its minimum of " + minimum.get(), List.of());
        }
        List<String> evidence = new ArrayList<>();
        evidence.add(wanted + " of " + wanted + " replicas updated and ready with "
                + image.digest().abbreviated());
        evidence.add(deployment.condition("Available").at("message").text());
        // Without measurements the number of pods stays as it is: that is told, and says nothing of the pods.
        autoscaler
                .get()
                .map(found -> found.condition("ScalingActive"))
                .filter(active -> active.at("status").text().equals("False"))
                .ifPresent(active -> evidence.add(
                        "its autoscaler does not scale: " + active.at("message").text()));
        evidence.removeIf(String::isBlank);
        return Liveness.live(evidence);
    }

    private Liveness incomplete(int wanted) {
        List<Tree> all = pods.get();
        PodReasons ours = PodReasons.of(PodImages.of(all, image));
        String missing = missing(wanted, all);
        Tree rejection = deployment.condition("ReplicaFailure");
        if (rejection.at("status").text().equals("True") && status("updatedReplicas") < wanted) {
            List<String> reasons = new ArrayList<>();
            reasons.add(
                    "the cluster refuses its pods: " + rejection.at("message").text());
            reasons.addAll(ours.reasons());
            return Liveness.rejected(missing, reasons);
        }
        return ours.failing() ? Liveness.failing(missing, ours.reasons()) : Liveness.underway(missing, ours.reasons());
    }

    /** By image: that old pods are there is nothing to wait for while the new ones are not ready. */
    private String missing(int wanted, List<Tree> all) {
        long ready = PodImages.of(all, image).stream().filter(PodImages::ready).count();
        Map<String, Long> others = all.stream()
                .filter(pod -> !PodImages.run(pod, image))
                .collect(Collectors.groupingBy(PodImages::shown, TreeMap::new, Collectors.counting()));
        String old = others.entrySet().stream()
                .map(other -> other.getValue() + " with " + other.getKey())
                .collect(Collectors.joining(", "));
        return ready + " of " + wanted + " pods ready with " + image.digest().abbreviated()
                + (old.isEmpty() ? "" : "; " + old + " still there");
    }
}
