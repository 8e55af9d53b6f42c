package io.imaas.plan.gate;

import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Actor;
import io.imaas.model.record.Trust;
import io.imaas.model.tenancy.Platform;
import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Who wants something, and what they take upon themselves so that gates let it pass.
 *
 * @param healthAssumed they vouch for health that nobody observed
 * @param reason why closed gates are passed by force; empty: they are not
 * @param actor who wants it; a name of no characters when nobody of whom we know does
 * @param as the entry of the platform's list by which they may pass gates by force; empty: they do not
 */
public record Overrides(boolean healthAssumed, String reason, Actor actor, String as) implements Serializable {
    public static final Overrides NONE = by("");

    /** Somebody who takes nothing upon themselves. */
    public static Overrides by(String requester) {
        return by(Actor.unverified(requester));
    }

    /** The same of somebody of whom more is known. */
    public static Overrides by(Actor requester) {
        return new Overrides(false, "", requester, "");
    }

    /** @throws FailureException POLICY when they may not pass gates by force */
    public static Overrides of(Platform platform, Actor actor, boolean healthAssumed, String reason) {
        String as = reason.isEmpty()
                ? ""
                : entitled(platform.trust(), actor, platform.overrides().by(), "override gates");
        return new Overrides(healthAssumed, reason, actor, as);
    }

    /**
     * The first of some teams and people that a person is proven to be or to be of. A signature proves a name alone: of which
     * team it is, the platform says.
     *
     * @param what such as {@code override gates}
     * @throws FailureException POLICY when it is none, or nobody knows
     */
    public static String entitled(Trust trust, Actor actor, Collection<String> allowed, String what) {
        if (!actor.isPerson()) {
            throw FailureException.policy(
                    actor + " may not " + what + ": the name is not proven",
                    "policy.overriders in platform.yaml",
                    "log in to Jenkins or to the server's page, or sign: --ssh-key FILE, with a key that 'people' in"
                            + " platform.yaml list");
        }
        boolean signs = actor.proof() == Actor.Proof.SSH_SIGNATURE;
        Optional<String> as = allowed.stream()
                .filter(one -> trust.isOf(actor.name(), one)
                        || (!signs && actor.roles().contains(one)))
                .findFirst();
        return as.orElseThrow(() -> FailureException.policy(
                actor + " may not " + what,
                "policy.overriders in platform.yaml",
                allowed.isEmpty() ? "nobody may" : "ask one of " + String.join(", ", List.copyOf(allowed))));
    }

    boolean force() {
        return !reason.isEmpty();
    }
}
