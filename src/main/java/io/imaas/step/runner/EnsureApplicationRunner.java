package io.imaas.step.runner;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.kubernetes.Manifests;
import io.imaas.model.record.Trust;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.source.BranchName;
import io.imaas.model.tenancy.Adopted;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.step.EnsureApplication;
import io.imaas.port.Clock;
import io.imaas.port.Deployments;
import io.imaas.port.GitRepository;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepRunner;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the deployment server watch a service in an environment. */
public record EnsureApplicationRunner(
        Tenant tenant, Trust trust, GitRepository repository, Deployments deployments, Clock clock)
        implements StepRunner<EnsureApplication> {
    @Override
    public Outcome run(EnsureApplication step, StepContext context) {
        Service service = tenant.requiredService(step.service());
        if (service.adopted(step.environment()).filter(Adopted::isKept).isPresent()) {
            requireManifests(step);
        }
        List<Effect> effects = deployments.ensure(tenant, service, step.environment(), trust.commitKeys(clock.now()));
        return effects.isEmpty()
                ? Outcome.skipped("no deployment server is named; releases are applied to the cluster directly")
                : Outcome.done(null, effects);
    }

    /** An application that runs already and is pointed at nothing would delete all that it runs. */
    private void requireManifests(EnsureApplication step) {
        BranchName branch = GitOpsPaths.rendered(step.environment());
        boolean empty = repository
                .head(branch)
                .flatMap(tip -> repository.read(tip, GitOpsPaths.manifests(step.service())))
                .filter(text -> new String(text, StandardCharsets.UTF_8).equals(Manifests.NONE.text()))
                .isPresent();
        if (empty) {
            throw FailureException.policy(
                    "what runs of " + step.service() + " would be deleted: its manifests are empty",
                    branch + ":" + GitOpsPaths.manifests(step.service()),
                    "release it first; or, if it is to run nothing, remove "
                            + Adopted.file(step.tenant(), step.environment(), step.service()));
        }
    }

    /** The application first, with what it runs already; then its project, which must be empty. */
    @Override
    public Outcome undo(EnsureApplication step, Outcome ended, StepContext context) {
        Service service = tenant.requiredService(step.service());
        List<Effect> effects = new ArrayList<>();
        boolean created = ended.effects().stream()
                .anyMatch(effect ->
                        effect.kind() == Effect.Kind.CREATED && effect.type().equals("Application"));
        if (created) {
            effects.addAll(deployments.remove(tenant, service, step.environment()));
            Optional<String> remaining = deployments.remaining(tenant, service, step.environment());
            if (remaining.isPresent()) {
                return Undoing.waiting(remaining.get(), effects, context, clock);
            }
            effects.replaceAll(effect -> Effect.deleted(effect.type(), effect.name(), ""));
        }
        try {
            effects.addAll(deployments.restore(tenant, step.environment(), ended.effects()));
        } catch (FailureException e) {
            // The project's other applications are being taken back beside this one.
            if (e.failure().kind() != FailureKind.FAILED) {
                throw e.after(effects);
            }
            return Undoing.waiting(e.failure().where().toString(), effects, context, clock);
        }
        return Outcome.done(null, effects);
    }
}
