package io.imaas.adapter.direct;

import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.kubernetes.PodReasons;
import io.imaas.model.kubernetes.Tree;
import io.imaas.port.Cluster;
import io.imaas.port.RefusedPods;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What comes before a service, as Argo CD's sync waves order it: a Job that migrates its database, with what that needs. The
 * service is changed only when it is complete.
 */
record EarlierJobs(Cluster cluster) {
    private static final String WAVE = "argocd.argoproj.io/sync-wave";
    private static final int LAST_LINES = 15;

    static boolean isEarlier(Manifest manifest) {
        return manifest.fields().get("metadata") instanceof Map<?, ?> metadata
                && metadata.get("annotations") instanceof Map<?, ?> annotations
                && String.valueOf(annotations.get(WAVE)).startsWith("-");
    }

    /** Applies what comes earlier, and looks how far it is; live when the rest may come. One that ended is not run again. */
    Liveness run(List<Manifest> wanted) {
        List<Manifest> earlier = wanted.stream().filter(EarlierJobs::isEarlier).toList();
        for (Manifest job : earlier) {
            if (job.kind().equals("Job")) {
                Optional<Tree> there = find(job);
                if (there.isEmpty()) {
                    cluster.apply(earlier);
                    there = find(job);
                }
                Liveness seen =
                        there.map(found -> look(job, found)).orElse(Liveness.underway(waitingFor(job), List.of()));
                if (seen.state() != Liveness.State.LIVE) {
                    return seen;
                }
            }
        }
        return Liveness.live(List.of());
    }

    private Optional<Tree> find(Manifest job) {
        return cluster.get(job.apiVersion(), job.kind(), job.namespace(), job.name())
                .map(Tree::of);
    }

    private Liveness look(Manifest job, Tree found) {
        if (isTrue(found, "Complete")) {
            return Liveness.live(List.of());
        }
        List<Tree> pods = cluster.list("v1", "Pod", job.namespace(), "job-name", job.name()).stream()
                .map(Tree::of)
                .toList();
        if (!isTrue(found, "Failed")) {
            List<String> refused = pods.isEmpty() ? new RefusedPods(cluster).of(found) : List.of();
            if (!refused.isEmpty()) {
                return Liveness.rejected(waitingFor(job), naming(job, refused));
            }
            // A pod that failed is the Job's own matter: it may make another. One that does not start is not.
            PodReasons stuck = PodReasons.of(pods.stream()
                    .filter(pod -> !pod.at("status", "phase").text().equals("Failed"))
                    .toList());
            return stuck.failing()
                    ? Liveness.stuck(waitingFor(job), stuck.reasons())
                    : Liveness.underway(waitingFor(job), stuck.reasons());
        }
        Tree failed = found.condition("Failed");
        List<String> reasons = new ArrayList<>();
        reasons.add("the migration failed, and the service is as it was: Job " + job.name() + ": "
                + failed.at("reason").text() + " (" + failed.at("message").text() + ")");
        reasons.addAll(PodReasons.of(pods).reasons());
        pods.forEach(pod -> reasons.addAll(lastWords(pod)));
        reasons.add("it is not run again by itself: correct the script, or the database and then" + " 'kubectl -n "
                + job.namespace() + " delete job " + job.name() + "', and deliver again");
        return Liveness.failed(reasons);
    }

    private static List<String> naming(Manifest job, List<String> refused) {
        return Stream.concat(Stream.of("the migration does not begin: Job " + job.name()), refused.stream())
                .toList();
    }

    private static boolean isTrue(Tree job, String condition) {
        return job.condition(condition).at("status").text().equals("True");
    }

    private static String waitingFor(Manifest job) {
        return "the migration to end, Job " + job.name();
    }

    /** The chart has Kubernetes keep the end of the log where the container failed. */
    private static List<String> lastWords(Tree pod) {
        return pod.at("status", "containerStatuses").items().stream()
                .map(container -> container.at("state", "terminated", "message").text())
                .flatMap(words -> {
                    List<String> lines =
                            words.lines().filter(line -> !line.isBlank()).toList();
                    return lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()).stream();
                })
                .map(line -> "  " + line)
                .toList();
    }
}
