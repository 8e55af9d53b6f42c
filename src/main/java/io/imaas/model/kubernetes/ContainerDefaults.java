package io.imaas.model.kubernetes;

import java.io.Serializable;

/**
 * What a container gets that does not say what it needs: the LimitRange of a tenant's space.
 *
 * @param cpu requested cores
 * @param memory requested bytes
 * @param memoryLimit the most bytes
 */
public record ContainerDefaults(String cpu, String memory, String memoryLimit) implements Serializable {
    public static final ContainerDefaults USUAL = new ContainerDefaults("100m", "256Mi", "512Mi");
}
