package io.imaas.jenkins.source;

import hudson.model.Cause;
import hudson.model.Run;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.Permission;
import io.imaas.model.identity.Actor.Proof;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/**
 * Who set a build off.
 *
 * @param name as the audit log has it
 * @param person false for a push, a merge, a timer
 * @param known as whom Jenkins knows the person; empty where it does not, or no longer: such a person may nothing
 * @param roles the groups of a person, as the security realm knows them
 */
public record Actor(String name, boolean person, Optional<Authentication> known, List<String> roles) {
    private static final String MACHINE = "jenkins";

    /** What Jenkins calls people without an account. */
    private static final Set<String> NOBODY = Set.of("anonymous", "system", "unknown");

    public static Actor of(Run<?, ?> run) {
        Cause.UserIdCause cause = run.getCause(Cause.UserIdCause.class);
        return cause == null ? new Actor(MACHINE, false, Optional.empty(), List.of()) : person(cause.getUserId());
    }

    /** Who looks at a page. */
    public static Actor ofVisitor() {
        User visitor = User.current();
        return person(visitor == null ? null : visitor.getId());
    }

    private static Actor person(String id) {
        if (id == null || NOBODY.contains(id.toLowerCase(Locale.ROOT))) {
            return new Actor("anonymous", true, Optional.of(Jenkins.ANONYMOUS2), List.of());
        }
        Optional<Authentication> known = known(id);
        List<String> roles = known.stream()
                .flatMap(person -> person.getAuthorities().stream())
                .map(GrantedAuthority::getAuthority)
                .toList();
        return new Actor("@" + id, true, known, roles);
    }

    /** The same as the application knows it: whom nobody logged in as is proven by nothing, whatever they may do here. */
    public io.imaas.model.identity.Actor asRequester() {
        Proof ofPerson = known.filter(who -> !ACL.isAnonymous2(who)).isPresent() ? Proof.JENKINS : Proof.UNVERIFIED;
        return new io.imaas.model.identity.Actor(name, person ? ofPerson : Proof.MACHINE, roles);
    }

    /** Whether a person set it off who has a permission on the job; what a merge set off is the repository's business. */
    public boolean may(Permission permission, Run<?, ?> run) {
        return !person
                || known.filter(who -> run.getParent().getACL().hasPermission2(who, permission))
                        .isPresent();
    }

    private static Optional<Authentication> known(String id) {
        User user = User.getById(id, false);
        try {
            return user == null ? Optional.empty() : Optional.of(user.impersonate2());
        } catch (UsernameNotFoundException e) {
            return Optional.empty();
        }
    }
}
