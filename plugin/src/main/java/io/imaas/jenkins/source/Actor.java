package io.imaas.jenkins.source;

import hudson.model.Cause;
import hudson.model.Run;
import hudson.model.User;
import hudson.security.Permission;
import java.util.List;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/**
 * Who set a build off.
 *
 * @param name as the audit log has it
 * @param roles the groups of a person, as the security realm knows them
 */
public record Actor(String name, Optional<User> person, List<String> roles) {
    /** Nobody in particular: a push, a merge, a timer. */
    private static final String MACHINE = "jenkins";

    public static Actor of(Run<?, ?> run) {
        Cause.UserIdCause cause = run.getCause(Cause.UserIdCause.class);
        User user = cause == null || cause.getUserId() == null ? null : User.getById(cause.getUserId(), false);
        if (user == null) {
            return new Actor(MACHINE, Optional.empty(), List.of());
        }
        return new Actor("@" + user.getId(), Optional.of(user), roles(user));
    }

    private static List<String> roles(User user) {
        return authentication(user).stream()
                .flatMap(known -> known.getAuthorities().stream())
                .map(GrantedAuthority::getAuthority)
                .toList();
    }

    /** Whether a person set it off who has a permission on the job; what a merge set off is the repository's business. */
    public boolean may(Permission permission, Run<?, ?> run) {
        return person.isEmpty()
                || authentication(person.get())
                        .filter(known -> run.getParent().getACL().hasPermission2(known, permission))
                        .isPresent();
    }

    /** Empty for somebody whom the security realm no longer knows: such a person may nothing. */
    private static Optional<Authentication> authentication(User user) {
        try {
            return Optional.of(user.impersonate2());
        } catch (UsernameNotFoundException e) {
            return Optional.empty();
        }
    }
}
