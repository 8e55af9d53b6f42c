package io.imaas.adapter.direct;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Why pods are not ready, in Kubernetes' words.
 *
 * @param hopeless whether waiting longer will not help
 */
record PodReasons(boolean hopeless, List<String> reasons) {
    /** No pod with one of these ever starts as it is. */
    private static final Set<String> FINAL = Set.of("InvalidImageName", "CreateContainerConfigError");

    /** So often a container may crash before we say that it always will. */
    private static final int CRASHES = 3;

    PodReasons {
        reasons = List.copyOf(reasons);
    }

    static PodReasons of(List<Tree> pods) {
        Set<String> reasons = new LinkedHashSet<>();
        boolean hopeless = false;
        for (Tree pod : pods) {
            for (Tree container : containers(pod)) {
                Tree waiting = container.at("state", "waiting");
                String reason = waiting.at("reason").text();
                if (reason.isEmpty() || reason.equals("PodInitializing") || reason.equals("ContainerCreating")) {
                    continue;
                }
                int restarts = container.at("restartCount").number();
                hopeless |= FINAL.contains(reason) || (reason.equals("CrashLoopBackOff") && restarts >= CRASHES);
                reasons.add(sentence(pod, reason, waiting, container, restarts));
            }
            Tree scheduled = pod.condition("PodScheduled");
            if (scheduled.at("status").text().equals("False")) {
                reasons.add("pod " + pod.at("metadata", "name").text() + " finds no node: "
                        + scheduled.at("message").text());
            }
        }
        return new PodReasons(hopeless, new ArrayList<>(reasons));
    }

    private static List<Tree> containers(Tree pod) {
        List<Tree> containers =
                new ArrayList<>(pod.at("status", "initContainerStatuses").items());
        containers.addAll(pod.at("status", "containerStatuses").items());
        return containers;
    }

    private static String sentence(Tree pod, String reason, Tree waiting, Tree container, int restarts) {
        String message = waiting.at("message").text();
        String exit = container.at("lastState", "terminated", "reason").text();
        return "pod " + pod.at("metadata", "name").text() + ": " + reason
                + (restarts > 0 ? " after " + restarts + " restarts" : "")
                + (exit.isEmpty() ? "" : " (last: " + exit + ")")
                + (message.isEmpty() ? "" : ": " + message);
    }
}
