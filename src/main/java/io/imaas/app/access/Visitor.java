package io.imaas.app.access;

import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Actor;
import io.imaas.model.identity.Actor.Proof;
import io.imaas.model.request.PlanRequest;
import io.imaas.model.request.PlanRequest.ApproveRequest;
import io.imaas.model.request.PlanRequest.ChartRequest;
import io.imaas.model.request.PlanRequest.OnboardRequest;
import io.imaas.model.request.PlanRequest.PromoteRequest;
import io.imaas.model.request.PlanRequest.ReleaseRequest;
import io.imaas.model.request.PlanRequest.RemovePreviewsRequest;
import io.imaas.model.request.PlanRequest.ResumeRequest;
import io.imaas.model.request.PlanRequest.ReviewRequest;
import io.imaas.model.request.PlanRequest.RollbackRequest;
import io.imaas.model.tenancy.Access;
import io.imaas.model.tenancy.Tenant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Somebody who looks and asks.
 *
 * @param tenants whose they may see, by name; {@code *} stands for all
 * @param rights what they may ask for in all tenants that they see
 */
public record Visitor(Actor actor, Set<String> tenants, Set<Right> rights) {
    private static final String ALL = "*";
    private static final Map<Class<? extends PlanRequest>, Right> NEEDED = Map.of(
            PromoteRequest.class, Right.PROMOTE,
            ChartRequest.class, Right.PROMOTE,
            ApproveRequest.class, Right.APPROVE,
            RollbackRequest.class, Right.ROLLBACK,
            ResumeRequest.class, Right.RESUME,
            ReleaseRequest.class, Right.RELEASE,
            ReviewRequest.class, Right.REVIEW,
            OnboardRequest.class, Right.ONBOARD,
            RemovePreviewsRequest.class, Right.PREVIEW);

    public Visitor {
        tenants = Set.copyOf(tenants);
        rights = Set.copyOf(rights);
    }

    /** Somebody at the machine itself, where nobody logs in: sees everything and may ask for nothing. */
    public static Visitor atTheMachine() {
        return new Visitor(Actor.unverified("this machine"), Set.of(ALL), Set.of());
    }

    /** A person whom an identity provider names: what they may is in the platform's files and nowhere else. */
    public static Visitor byFiles(Actor person, Access access) {
        Set<Role> roles = Role.of(person, access);
        Set<Right> rights = EnumSet.noneOf(Right.class);
        roles.forEach(role -> rights.addAll(role.rights()));
        return new Visitor(person, roles.isEmpty() ? Set.of() : Set.of(ALL), rights);
    }

    /** Whether they see what concerns no tenant, too. */
    public boolean seesAll() {
        return tenants.contains(ALL);
    }

    /** A tenant's own people see it: its owners and its approvers. */
    public boolean sees(Tenant tenant) {
        return seesAll()
                || tenants.contains(tenant.name().value())
                || !Role.of(actor, tenant).isEmpty();
    }

    /** What they may ask for in a tenant. A token may what its file says and no more, whoever bears it. */
    public Set<Right> rightsIn(Tenant tenant) {
        Set<Right> all = EnumSet.noneOf(Right.class);
        all.addAll(rights);
        if (actor.proof() == Proof.OIDC) {
            Role.of(actor, tenant).forEach(role -> all.addAll(role.rights()));
        }
        return all;
    }

    /**
     * Lets through what they may ask for in a tenant. As whom somebody approves is looked at where it is planned.
     *
     * @throws FailureException POLICY otherwise
     */
    public void requireMay(PlanRequest request, Tenant tenant) {
        Right needed = NEEDED.get(request.getClass());
        if (needed == null) {
            throw FailureException.policy(
                    "a server is not asked for this",
                    "use the command line; why: docs/decisions/0020-what-a-server-is-asked-for.md");
        }
        if (!sees(tenant) || !rightsIn(tenant).contains(needed)) {
            throw FailureException.policy(
                    actor + " may not " + needed.word(),
                    actor.proof() == Proof.OIDC
                            ? "an owner or an approver of the tenant may, or whom 'access' in platform.yaml names"
                            : "an administrator adds '" + needed.word() + "' to 'may'");
        }
    }
}
