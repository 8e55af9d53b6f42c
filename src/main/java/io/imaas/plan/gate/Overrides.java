package io.imaas.plan.gate;

import io.imaas.model.failure.FailureException;
import io.imaas.model.tenancy.Platform;
import java.io.Serializable;
import java.util.List;

/**
 * Who wants something, and what they take upon themselves so that gates let it pass.
 *
 * @param healthAssumed they vouch for health that nobody observed
 * @param reason why closed gates are passed by force; empty: they are not
 * @param requester who wants it; empty when nobody of whom we know does
 */
public record Overrides(boolean healthAssumed, String reason, String requester) implements Serializable {
    public static final Overrides NONE = by("");

    /** Somebody who takes nothing upon themselves. */
    public static Overrides by(String requester) {
        return new Overrides(false, "", requester);
    }

    /**
     * @param actor who wants it
     * @param roles the teams that the actor is in, as the door verified them
     * @throws FailureException POLICY when they may not pass gates by force
     */
    public static Overrides of(
            Platform platform, String actor, List<String> roles, boolean healthAssumed, String reason) {
        boolean entitled =
                platform.overriders().contains(actor) || roles.stream().anyMatch(platform.overriders()::contains);
        if (!reason.isEmpty() && !entitled) {
            throw FailureException.policy(
                    actor + " may not override gates",
                    "policy.overriders in platform.yaml",
                    "ask one of " + String.join(", ", platform.overriders()));
        }
        return new Overrides(healthAssumed, reason, actor);
    }

    boolean force() {
        return !reason.isEmpty();
    }
}
