package io.imaas.model.kubernetes;

import java.io.Serializable;

/**
 * Something in a namespace that runs pods.
 *
 * @param pod what one of its pods asks for
 * @param replicas how many pods at the most, an autoscaler's upper end included
 * @param surges whether an update starts a pod before it ends one
 * @param remark what could not be counted exactly, or empty
 */
public record Workload(String kind, String name, Demand pod, int replicas, boolean surges, String remark)
        implements Serializable {
    /** All its pods together. */
    public Demand demand() {
        return pod.times(replicas);
    }

    /** Whether it is the same object in another version. */
    public boolean replaces(Workload other) {
        return kind.equals(other.kind) && name.equals(other.name);
    }
}
