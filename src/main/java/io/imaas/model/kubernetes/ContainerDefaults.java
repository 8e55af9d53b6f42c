package io.imaas.model.kubernetes;

import java.io.Serializable;

/**
 * What a container gets that does not say what it needs: the LimitRange of a tenant's space.
 *
 * @param cpu requested cores
 * @param memory requested bytes
 * @param memoryLimit the most bytes
 * @param disk requested bytes of its node's disk
 * @param diskLimit the most of them
 */
public record ContainerDefaults(String cpu, String memory, String memoryLimit, String disk, String diskLimit)
        implements Serializable {
    public static final ContainerDefaults USUAL = new ContainerDefaults("100m", "256Mi", "512Mi", "256Mi", "1Gi");

    /** A node's disk has no quota that knows it: what a container may ask of it at all, so that pods' number bounds the whole. */
    public static final String MOST_DISK = "10Gi";

    /** The name under which Kubernetes counts a node's disk. */
    public static final String DISK = "ephemeral-storage";
}
