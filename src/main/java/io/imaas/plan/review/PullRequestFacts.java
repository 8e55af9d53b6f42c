package io.imaas.plan.review;

import io.imaas.model.identity.Actor;
import io.imaas.model.tenancy.ServiceName;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the Git server knows of the pull requests that a change came by.
 *
 * @param mergedBy who merged the newest of them; empty where it came another way, or nobody knows
 */
public record PullRequestFacts(Optional<Actor> mergedBy, List<Verdict> verdicts) implements Serializable {
    public static final PullRequestFacts NONE = new PullRequestFacts(Optional.empty(), List.of());

    public PullRequestFacts {
        verdicts = List.copyOf(verdicts);
    }

    /**
     * What a person said there to exactly what the branch has of a service now.
     *
     * @param by the person, {@code @user}
     * @param to what, for people
     */
    public record Verdict(ServiceName service, String by, boolean approved, Instant at, String to)
            implements Serializable {}
}
