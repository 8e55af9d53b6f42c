package io.imaas.model.kubernetes;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Why pods are not ready, in Kubernetes' words.
 *
 * @param failing whether a container does not start, or starts and ends again and again
 */
public record PodReasons(boolean failing, List<String> reasons) implements Serializable {
    /** A container that waits for these is on its way. */
    private static final Set<String> STARTING = Set.of("", "PodInitializing", "ContainerCreating");

    public PodReasons {
        reasons = List.copyOf(reasons);
    }

    public static PodReasons of(List<Tree> pods) {
        Set<String> reasons = new LinkedHashSet<>();
        boolean failing = false;
        for (Tree pod : pods) {
            if (endedFromOutside(pod)) {
                reasons.add(
                        name(pod) + " was ended: " + pod.at("status", "reason").text() + ": "
                                + pod.at("status", "message").text());
                continue;
            }
            for (Tree container : containers(pod)) {
                if (fails(container)) {
                    failing = true;
                    reasons.add(sentence(pod, container));
                }
            }
            Tree scheduled = pod.condition("PodScheduled");
            if (scheduled.at("status").text().equals("False")) {
                reasons.add(
                        name(pod) + " finds no node: " + scheduled.at("message").text());
            }
        }
        return new PodReasons(failing, new ArrayList<>(reasons));
    }

    /**
     * By its node, which evicts it or shuts down, and says so: the release's own containers end without a reason of the pod
     * (kubernetes.io, "Pod Lifecycle"). It does not come back, and is replaced.
     */
    private static boolean endedFromOutside(Tree pod) {
        return pod.at("status", "phase").text().equals("Failed")
                && !pod.at("status", "reason").text().isEmpty()
                && !pod.at("status", "reason").text().equals("DeadlineExceeded");
    }

    private static boolean fails(Tree container) {
        boolean crashed = container.at("restartCount").number() > 0
                && !container.at("ready").isTrue()
                && container.at("lastState", "terminated", "exitCode").number() != 0;
        boolean ended = container.at("state", "terminated", "exitCode").number() != 0;
        return crashed
                || ended
                || !STARTING.contains(container.at("state", "waiting", "reason").text());
    }

    private static List<Tree> containers(Tree pod) {
        List<Tree> containers =
                new ArrayList<>(pod.at("status", "initContainerStatuses").items());
        containers.addAll(pod.at("status", "containerStatuses").items());
        return containers;
    }

    private static String sentence(Tree pod, Tree container) {
        Tree waiting = container.at("state", "waiting");
        Tree ended = container.at("state", "terminated").isThere()
                ? container.at("state", "terminated")
                : container.at("lastState", "terminated");
        String reason = waiting.at("reason").text();
        int restarts = container.at("restartCount").number();
        String exit = ended.isThere()
                ? " (last: " + ended.at("reason").text() + ", exit code "
                        + ended.at("exitCode").number() + ")"
                : "";
        String message = waiting.at("message").text();
        return name(pod) + ": " + (reason.isEmpty() ? "its container ended" : reason)
                + (restarts > 0 ? " after " + restarts + " restarts" : "")
                + exit
                + (message.isEmpty() ? "" : ": " + message);
    }

    private static String name(Tree pod) {
        return "pod " + pod.at("metadata", "name").text();
    }
}
