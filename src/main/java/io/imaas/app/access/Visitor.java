package io.imaas.app.access;

import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Actor;
import io.imaas.model.request.ApproveRequest;
import io.imaas.model.request.PlanRequest;
import io.imaas.model.request.PromoteRequest;
import io.imaas.model.request.ResumeRequest;
import io.imaas.model.request.RollbackRequest;
import io.imaas.model.tenancy.Tenant;
import java.util.Set;

/**
 * Somebody who looks and asks.
 *
 * @param tenants whose they may see, by name; {@code *} stands for all
 * @param rights what they may ask for in the tenants that they see
 */
public record Visitor(Actor actor, Set<String> tenants, Set<Right> rights) {
    private static final String ALL = "*";

    public Visitor {
        tenants = Set.copyOf(tenants);
        rights = Set.copyOf(rights);
    }

    /** Somebody at the machine itself, where nobody logs in: sees everything and may ask for nothing. */
    public static Visitor atTheMachine() {
        return new Visitor(Actor.unverified("this machine"), Set.of(ALL), Set.of());
    }

    /** Whether they see what concerns no tenant, too. */
    public boolean seesAll() {
        return tenants.contains(ALL);
    }

    /** A tenant's own people, its owners among them, see it. */
    public boolean sees(Tenant tenant) {
        return seesAll()
                || tenants.contains(tenant.name().value())
                || tenant.owners().stream().anyMatch(this::is);
    }

    /** Whether a name or team stands for them. */
    private boolean is(String name) {
        return actor.name().equals(name) || actor.roles().contains(name);
    }

    /**
     * Lets through what they may ask for.
     *
     * @throws FailureException POLICY otherwise
     */
    public void requireMay(PlanRequest request) {
        Right needed = needed(request);
        if (!rights.contains(needed)) {
            throw FailureException.policy(
                    actor + " may not " + needed.word(), "", "an administrator adds '" + needed.word() + "' to 'may'");
        }
        if (request instanceof ApproveRequest approve && !approve.as().isEmpty() && !is(approve.as())) {
            throw FailureException.policy(
                    actor + " is not " + approve.as(), "as", "approve as yourself, or as one of " + actor.roles());
        }
    }

    private static Right needed(PlanRequest request) {
        if (request instanceof PromoteRequest) {
            return Right.PROMOTE;
        }
        if (request instanceof ApproveRequest) {
            return Right.APPROVE;
        }
        if (request instanceof RollbackRequest) {
            return Right.ROLLBACK;
        }
        if (request instanceof ResumeRequest) {
            return Right.RESUME;
        }
        throw FailureException.policy("this is not asked for here", "", "use the command line");
    }
}
