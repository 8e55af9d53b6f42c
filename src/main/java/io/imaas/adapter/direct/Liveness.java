package io.imaas.adapter.direct;

import java.util.List;

/**
 * What the cluster says about a workload.
 *
 * @param waitingFor what is missing, a sentence; empty when nothing is
 * @param reasons evidence, or what is wrong, most important first
 */
record Liveness(State state, String waitingFor, List<String> reasons) {
    Liveness {
        reasons = List.copyOf(reasons);
    }

    enum State {
        LIVE,
        UNDERWAY,
        /** The workload is there with another image: not applied yet, or somebody else applied in between. */
        STALE,
        BROKEN
    }

    static Liveness live(List<String> evidence) {
        return new Liveness(State.LIVE, "", evidence);
    }

    static Liveness underway(String waitingFor, List<String> reasons) {
        return new Liveness(State.UNDERWAY, waitingFor, reasons);
    }

    static Liveness stale(String waitingFor) {
        return new Liveness(State.STALE, waitingFor, List.of());
    }

    static Liveness broken(List<String> reasons) {
        return new Liveness(State.BROKEN, "", reasons);
    }
}
