package io.imaas.step.runner;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Location;
import io.imaas.model.failure.Problem;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.step.EnsureJobs;
import io.imaas.port.JobServer;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes the CI server's folder and one job a service. */
public record EnsureJobsRunner(Tenant tenant, JobServer jobs) implements StepRunner<EnsureJobs> {
    @Override
    public Outcome run(EnsureJobs step, StepContext context) {
        List<Effect> effects = new ArrayList<>();
        try {
            effects.addAll(jobs.ensureFolder(tenant));
            for (ServiceName service : step.services()) {
                effects.addAll(jobs.ensureJob(tenant, tenant.requiredService(service)));
            }
        } catch (FailureException e) {
            throw e.after(effects);
        }
        return Outcome.done(null, effects);
    }

    @Override
    public Outcome undo(EnsureJobs step, Outcome ended, StepContext context) {
        Set<String> created = ended.effects().stream()
                .filter(effect -> effect.kind() == Effect.Kind.CREATED)
                .map(Effect::name)
                .collect(Collectors.toSet());
        List<Effect> effects = new ArrayList<>();
        for (ServiceName service : step.services()) {
            if (created.contains(tenant.name() + "/" + service)) {
                effects.addAll(jobs.removeJob(tenant, tenant.requiredService(service)));
            }
        }
        if (created.contains(tenant.name().value())) {
            effects.addAll(jobs.removeFolder(tenant));
        }
        List<Problem> remains = ended.effects().stream()
                .filter(effect -> effect.kind() == Effect.Kind.UPDATED)
                .map(effect -> Problem.warning(
                        "remains",
                        Location.of(effect.type() + " " + effect.name()),
                        "it stays as the platform's files say",
                        "nothing to do"))
                .toList();
        return new Outcome.Succeeded(
                null, effects.stream().filter(Effect::isChange).toList(), remains);
    }
}
