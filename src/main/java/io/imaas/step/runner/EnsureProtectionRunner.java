package io.imaas.step.runner;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Location;
import io.imaas.model.failure.Problem;
import io.imaas.model.identity.Secret;
import io.imaas.model.source.BranchProtection;
import io.imaas.model.tenancy.OnboardingPolicy.RepositoryPolicy;
import io.imaas.plan.step.EnsureProtection;
import io.imaas.port.RepositorySetup;
import io.imaas.port.Secrets;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepRunner;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Protects the branches of the tenant's GitOps repository, and has its server tell of pushes.
 *
 * @param server empty where it only speaks Git
 */
public record EnsureProtectionRunner(Supplier<Optional<RepositorySetup>> server, Secrets secrets)
        implements StepRunner<EnsureProtection> {
    @Override
    public void require(EnsureProtection step) {
        if (!step.webhook().isEmpty() && server.get().isPresent()) {
            secret(step);
        }
    }

    @Override
    public Outcome run(EnsureProtection step, StepContext context) {
        Optional<RepositorySetup> setup = server.get();
        if (setup.isEmpty()) {
            return Outcome.skipped("its server only speaks Git");
        }
        List<Effect> effects = new ArrayList<>();
        try {
            for (BranchProtection branch : step.branches()) {
                effects.add(setup.get().protect(branch));
            }
            if (!step.webhook().isEmpty()) {
                effects.add(setup.get().webhook(URI.create(step.webhook()), secret(step)));
            }
            return Outcome.done(null, effects);
        } catch (FailureException e) {
            return new Outcome.Failed(e.failure(), List.of(), effects);
        }
    }

    private Secret secret(EnsureProtection step) {
        return secrets.find(RepositoryPolicy.SECRET)
                .orElseThrow(() -> FailureException.input(
                        "there is no secret for the web hook " + step.webhook(),
                        "$" + RepositoryPolicy.SECRET,
                        "export " + RepositoryPolicy.SECRET + "=… with the secret that imaas serve has"));
    }

    /** What keeps others out stays; it goes with a repository that the run made. */
    @Override
    public Outcome undo(EnsureProtection step, Outcome ended, StepContext context) {
        if (EnsureRepositoryRunner.made(context)) {
            return Outcome.done(null, List.of());
        }
        List<Problem> remains = ended.effects().stream()
                .filter(Effect::isChange)
                .map(effect -> Problem.warning(
                        "remains",
                        Location.of(effect.type() + " " + effect.name()),
                        "it was missing, and keeps others out of what the orchestrator writes",
                        "nothing to do: the next run goes on from there"))
                .toList();
        return new Outcome.Succeeded(null, List.of(), remains);
    }
}
