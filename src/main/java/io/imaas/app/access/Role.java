package io.imaas.app.access;

import io.imaas.model.identity.Actor;
import io.imaas.model.tenancy.Access;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.Tenant;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What somebody is by the platform's files, and what follows from it. */
public enum Role {
    /** Everything; a gate still counts only the approvers of its environment. */
    ADMIN(EnumSet.allOf(Right.class)),
    RELEASE_MANAGER(releases()),
    /** Looks, and changes nothing. */
    AUDITOR(EnumSet.noneOf(Right.class)),
    /** Of one tenant. */
    OWNER(releases()),
    /** Of an environment of one tenant. */
    APPROVER(EnumSet.of(Right.APPROVE));

    @SuppressWarnings("ImmutableEnumChecker") // never handed out to be changed
    private final Set<Right> rights;

    Role(Set<Right> rights) {
        this.rights = Collections.unmodifiableSet(rights);
    }

    /** What an environment runs; not who says yes to it, nor what a tenant has. */
    private static Set<Right> releases() {
        return EnumSet.complementOf(EnumSet.of(Right.APPROVE, Right.ONBOARD));
    }

    Set<Right> rights() {
        return rights;
    }

    /** What somebody is on the whole platform. */
    static Set<Role> of(Actor actor, Access access) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        addIf(roles, ADMIN, actor, access.admins());
        addIf(roles, RELEASE_MANAGER, actor, access.releaseManagers());
        addIf(roles, AUDITOR, actor, access.auditors());
        return roles;
    }

    static Set<Role> of(Actor actor, Tenant tenant) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        addIf(roles, OWNER, actor, tenant.owners());
        for (Environment environment : tenant.environments()) {
            addIf(roles, APPROVER, actor, environment.approvers());
        }
        return roles;
    }

    private static void addIf(Set<Role> roles, Role role, Actor actor, Collection<String> named) {
        if (named.stream().anyMatch(actor::is)) {
            roles.add(role);
        }
    }
}
