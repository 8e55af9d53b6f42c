package io.imaas.model.tenancy;

import io.imaas.model.tenancy.Windows.Freeze;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * A tenant's named target with its policy.
 *
 * @param approvals who must say yes to what comes here
 * @param replicas pods of each service, at least 1
 * @param soak how long a digest must have been healthy in the environment before this one
 * @param pullRequests whether changes to this environment go through a pull request
 * @param autoRollback whether a failed verification puts the last healthy release back
 * @param directChanges what becomes of a person's own change that a gate would have refused
 * @param offboarding from when it alone is taken away, if ever; its tenant may go earlier
 * @param autoMerge whether the Git server merges those pull requests itself, as soon as its own rules allow it
 * @param windows when something may come here
 * @param adopted whether its namespace was there before: it is taken over, and what would change how things run there waits
 */
public record Environment(
        EnvironmentName name,
        ApprovalPolicy approvals,
        int replicas,
        List<Freeze> freezes,
        Duration soak,
        boolean pullRequests,
        boolean autoRollback,
        DirectChangePolicy directChanges,
        boolean autoMerge,
        Offboarding offboarding,
        Windows windows,
        boolean adopted)
        implements Serializable {
    public Environment {
        freezes = List.copyOf(freezes);
    }

    /** One whose direct changes are flagged. */
    public Environment(
            EnvironmentName name,
            List<String> approvers,
            int replicas,
            List<Freeze> freezes,
            Duration soak,
            boolean pullRequests,
            boolean autoRollback) {
        this(
                name,
                ApprovalPolicy.oneOf(approvers),
                replicas,
                freezes,
                soak,
                pullRequests,
                autoRollback,
                DirectChangePolicy.FLAG,
                false,
                Offboarding.NONE,
                Windows.ALWAYS,
                false);
    }

    /** Teams or people whose yes counts; empty: nobody is asked. */
    public List<String> approvers() {
        return approvals.from();
    }

    /** Whether somebody's merge is the yes to a promotion. */
    public boolean mergedByPeople() {
        return pullRequests && !autoMerge;
    }

    /**
     * Who may pass closed gates by force, and how that is looked at afterwards.
     *
     * @param by teams or people; empty: nobody
     * @param confirmWithin within what time a second person must say that it was right; zero: nobody is asked to
     */
    public record OverridePolicy(List<String> by, Duration confirmWithin) implements Serializable {
        /** Where the platform does not say within what time. */
        public static final Duration USUAL = Duration.ofHours(24);

        public OverridePolicy {
            by = List.copyOf(by);
        }

        public static OverridePolicy by(List<String> people) {
            return new OverridePolicy(people, USUAL);
        }
    }

    /** What becomes of a person's own change of an environment that a gate would have refused. */
    public enum DirectChangePolicy {
        /** It stays, and is told. */
        ALLOW,
        /** It stays, and the run is refused so that everybody sees it. */
        FLAG,
        /** A commit takes it back. */
        REVERT;

        /** As it is written in metadata and messages. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
