package io.imaas.jenkins.source;

import hudson.model.Cause;
import hudson.model.Run;
import hudson.model.User;
import hudson.security.Permission;
import java.util.List;
import java.util.Optional;
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

    public static Actor of(Run<?, ?> run) {
        Cause.UserIdCause cause = run.getCause(Cause.UserIdCause.class);
        if (cause == null) {
            return new Actor(MACHINE, false, Optional.empty(), List.of());
        }
        if (cause.getUserId() == null) {
            return new Actor("anonymous", true, Optional.of(Jenkins.ANONYMOUS2), List.of());
        }
        Optional<Authentication> known = known(cause.getUserId());
        List<String> roles = known.stream()
                .flatMap(person -> person.getAuthorities().stream())
                .map(GrantedAuthority::getAuthority)
                .toList();
        return new Actor("@" + cause.getUserId(), true, known, roles);
    }

    /** The same as the application knows it. */
    public io.imaas.model.identity.Actor asRequester() {
        return new io.imaas.model.identity.Actor(
                name,
                person ? io.imaas.model.identity.Actor.Proof.JENKINS : io.imaas.model.identity.Actor.Proof.MACHINE,
                roles);
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
