package io.imaas.app;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.Problem;
import io.imaas.model.tenancy.TenantName;
import java.io.Serializable;
import java.util.List;

/**
 * What a change of the platform's metadata would do.
 *
 * @param plans one for each tenant that changes; empty when the files are no good
 * @param changes what differs from what holds, for each of these plans
 * @param problems of the files, errors and warnings; {@code vanished} what is removed and goes on running
 * @param comment the same as Markdown, for the pull request
 */
public record Proposal(List<IntendedPlan> plans, List<Change> changes, List<Problem> problems, String comment)
        implements Serializable {
    public Proposal {
        plans = List.copyOf(plans);
        changes = List.copyOf(changes);
        problems = List.copyOf(problems);
    }

    /**
     * What becomes different for a tenant.
     *
     * @param title what it is, such as {@code Onboard orders}
     */
    public record Change(TenantName tenant, String title, List<Effect> effects) implements Serializable {}

    /** Whether the files hold no error. */
    public boolean sound() {
        return problems.stream().noneMatch(Problem::isError);
    }
}
