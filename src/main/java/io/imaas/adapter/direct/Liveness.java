package io.imaas.adapter.direct;

import java.time.Duration;
import java.util.List;

/**
 * What the cluster says about a workload.
 *
 * @param waitingFor what is missing, a sentence; empty when nothing is
 * @param reasons evidence, or what is wrong, most important first
 * @param patience how long a bad state must last before it is believed
 */
record Liveness(State state, String waitingFor, List<String> reasons, Duration patience) {
    /** A pod that fails may recover, as one does that waits for another service. */
    private static final Duration PODS = Duration.ofSeconds(45);

    /** A quota or a policy may be changed just now, and an admission webhook may restart. */
    private static final Duration REJECTION = Duration.ofSeconds(30);

    Liveness {
        reasons = List.copyOf(reasons);
    }

    enum State {
        LIVE,
        UNDERWAY,
        /** The workload is there with another image: not applied yet, or somebody else applied in between. */
        STALE,
        /** It was applied and does not work. */
        BROKEN,
        /** It could not be applied, or the cluster does not let its pods come to be. */
        REJECTED
    }

    /** Whether this is bad, should it last. */
    boolean bad() {
        return state == State.BROKEN || state == State.REJECTED;
    }

    static Liveness live(List<String> evidence) {
        return new Liveness(State.LIVE, "", evidence, Duration.ZERO);
    }

    static Liveness underway(String waitingFor, List<String> reasons) {
        return new Liveness(State.UNDERWAY, waitingFor, reasons, Duration.ZERO);
    }

    static Liveness stale(String waitingFor) {
        return new Liveness(State.STALE, waitingFor, List.of(), Duration.ZERO);
    }

    /** Kubernetes itself has given up. */
    static Liveness broken(List<String> reasons) {
        return new Liveness(State.BROKEN, "", reasons, Duration.ZERO);
    }

    /** What had to come before it failed for good. */
    static Liveness failed(List<String> reasons) {
        return new Liveness(State.REJECTED, "", reasons, Duration.ZERO);
    }

    /** Pods fail, and Kubernetes goes on trying. */
    static Liveness failing(String waitingFor, List<String> reasons) {
        return new Liveness(State.BROKEN, waitingFor, reasons, PODS);
    }

    /** What has to come before it does not begin. */
    static Liveness stuck(String waitingFor, List<String> reasons) {
        return new Liveness(State.REJECTED, waitingFor, reasons, PODS);
    }

    /** Pods are refused, and Kubernetes goes on trying. */
    static Liveness rejected(String waitingFor, List<String> reasons) {
        return new Liveness(State.REJECTED, waitingFor, reasons, REJECTION);
    }
}
