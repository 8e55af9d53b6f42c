package io.imaas.model.rollout;

import java.io.Serializable;
import java.util.List;

/**
 * What a deployment server runs for somebody, whoever made it.
 *
 * @param project who may deploy there
 * @param namespace where it runs
 * @param source where the server has it from, for people
 * @param synced whether it runs as it is wanted
 * @param managed whether a platform manages it already
 * @param obstacles why nobody else can take it over, a sentence each
 */
public record RunningApplication(
        String name,
        String project,
        String namespace,
        String source,
        boolean synced,
        boolean managed,
        List<String> obstacles)
        implements Serializable {
    public RunningApplication {
        obstacles = List.copyOf(obstacles);
    }
}
