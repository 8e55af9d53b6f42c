package io.imaas.model.kubernetes;

import java.io.Serializable;

/**
 * What pods ask of their namespace, as a ResourceQuota counts it.
 *
 * @param cpu requested cores
 * @param memory requested bytes
 * @param memoryLimit the most bytes that they may use
 */
public record Demand(int pods, Quantity cpu, Quantity memory, Quantity memoryLimit) implements Serializable {
    public static final Demand NONE = new Demand(0, Quantity.ZERO, Quantity.ZERO, Quantity.ZERO);

    public Demand plus(Demand other) {
        return new Demand(
                pods + other.pods, cpu.plus(other.cpu), memory.plus(other.memory), memoryLimit.plus(other.memoryLimit));
    }

    public Demand times(int factor) {
        return new Demand(pods * factor, cpu.times(factor), memory.times(factor), memoryLimit.times(factor));
    }

    /** Of each resource the larger amount. */
    public Demand max(Demand other) {
        return new Demand(
                Math.max(pods, other.pods),
                cpu.max(other.cpu),
                memory.max(other.memory),
                memoryLimit.max(other.memoryLimit));
    }
}
