package io.imaas.jenkins.source;

import hudson.model.Cause;
import hudson.model.Run;
import hudson.model.User;
import hudson.security.Permission;
import java.util.List;
import java.util.Optional;
import org.springframework.security.core.GrantedAuthority;

/**
 * Who set a build off.
 *
 * @param name as the audit log has it
 * @param roles the groups of a person, as the security realm knows them
 */
public record Actor(String name, Optional<User> person, List<String> roles) {
    private static final String BRANCH = "jenkins";

    public static Actor of(Run<?, ?> run) {
        Cause.UserIdCause cause = run.getCause(Cause.UserIdCause.class);
        User user = cause == null || cause.getUserId() == null ? null : User.getById(cause.getUserId(), false);
        if (user == null) {
            return new Actor(BRANCH, Optional.empty(), List.of());
        }
        return new Actor("@" + user.getId(), Optional.of(user), roles(user));
    }

    private static List<String> roles(User user) {
        return user.impersonate2().getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .toList();
    }

    /** Whether a person set it off who has a permission on the job; what a merge set off is the repository's business. */
    public boolean may(Permission permission, Run<?, ?> run) {
        return person.isEmpty()
                || run.getParent().getACL().hasPermission2(person.get().impersonate2(), permission);
    }
}
