package io.imaas.step.runner;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.tenancy.OnboardingPolicy.PullPolicy;
import io.imaas.plan.step.EnsurePullSecret;
import io.imaas.port.Clock;
import io.imaas.port.PullSecrets;
import io.imaas.port.PullSecrets.Kept;
import io.imaas.port.PullSecrets.Place;
import io.imaas.port.RegistryLogins.Login;
import io.imaas.port.RegistrySpaces;
import io.imaas.port.RegistrySpaces.Account;
import io.imaas.port.RegistrySpaces.Space;
import io.imaas.port.Secrets;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepRunner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps a namespace's pull secret fresh: a new account is made before the old one ends, and the old one is left to end.
 *
 * @param writes whether accounts are made, or only told of
 */
public record EnsurePullSecretRunner(
        RegistrySpaces spaces, PullSecrets pulls, Secrets secrets, Clock clock, boolean writes)
        implements StepRunner<EnsurePullSecret> {
    @Override
    public void require(EnsurePullSecret step) {
        if (!step.pulls().isOn()) {
            return;
        }
        if (step.pulls().credential().isEmpty()) {
            space(step);
        } else {
            given(step.pulls());
        }
    }

    @Override
    public Outcome run(EnsurePullSecret step, StepContext context) {
        Place place = place(step);
        if (!step.pulls().isOn()) {
            // What runs may still pull with what nodes read: accounts are left to end.
            return Outcome.done(null, List.of(pulls.remove(place)));
        }
        if (!step.pulls().credential().isEmpty()) {
            Account given = new Account(given(step.pulls()), Instant.MAX);
            return Outcome.done(null, List.of(pulls.keep(place, step.images().registry(), given)));
        }
        Optional<Kept> kept = pulls.find(place);
        if (kept.filter(there -> isFresh(there, step.pulls())).isPresent()) {
            return Outcome.done(null, List.of(Effect.unchanged(PullSecrets.TYPE, place.shown())));
        }
        if (!writes) {
            String until = "an account for " + step.pulls().days() + " days";
            return Outcome.done(
                    null,
                    List.of(
                            kept.isEmpty()
                                    ? Effect.created(PullSecrets.TYPE, place.shown(), until)
                                    : Effect.updated(PullSecrets.TYPE, place.shown(), until)));
        }
        return renewed(step, place, kept);
    }

    private Outcome renewed(EnsurePullSecret step, Place place, Optional<Kept> before) {
        Space space = space(step);
        String prefix = prefix(step);
        // One that an attempt a moment ago made may be there, and nobody knows its password.
        Account account =
                space.issue(prefix + clock.now().toEpochMilli(), step.pulls().days());
        List<Effect> effects = new ArrayList<>();
        effects.add(Effect.created(RegistrySpaces.ACCOUNT, account.login().user(), "ends " + account.until()));
        try {
            effects.add(kept(step, place, account, before.isEmpty(), effects));
            List<String> stay = new ArrayList<>(List.of(account.login().user()));
            // Nodes may still pull with what they read a moment ago.
            before.map(Kept::account).ifPresent(stay::add);
            effects.addAll(space.retire(prefix, stay));
            return Outcome.done(null, effects);
        } catch (FailureException e) {
            return new Outcome.Failed(e.failure(), List.of(), effects);
        }
    }

    /** Whose answer is lost may be there: a run that fails later takes it back, or its account would go alone. */
    private Effect kept(EnsurePullSecret step, Place place, Account account, boolean isNew, List<Effect> effects) {
        try {
            return pulls.keep(place, step.images().registry(), account);
        } catch (FailureException e) {
            if (isNew && e.failure().kind() == FailureKind.EXTERNAL) {
                effects.add(Effect.created(PullSecrets.TYPE, place.shown(), "may be there"));
            }
            throw e;
        }
    }

    private boolean isFresh(Kept kept, PullPolicy policy) {
        Duration needed = Duration.ofDays(policy.days()).dividedBy(3);
        return kept.until().equals(Instant.MAX) || clock.now().plus(needed).isBefore(kept.until());
    }

    private Space space(EnsurePullSecret step) {
        return spaces.find(step.registry(), step.images(), step.space())
                .orElseThrow(() -> FailureException.input(
                        "this registry makes no accounts",
                        step.images().toString(),
                        "name a login with onboarding.pullSecret.credential in platform.yaml"));
    }

    private Login given(PullPolicy policy) {
        return secrets.find(policy.credential())
                .flatMap(Login::of)
                .orElseThrow(() -> FailureException.input(
                        "there is no login to pull images with",
                        "$" + policy.credential(),
                        "give the secret " + policy.credential() + " the value user:password"));
    }

    private static String prefix(EnsurePullSecret step) {
        return "pull-" + step.environment() + "-";
    }

    private static Place place(EnsurePullSecret step) {
        return new Place(step.namespace(), step.pulls().name(), step.owner());
    }

    /** A login that was renewed is as good as the one before; only what was not there goes. */
    @Override
    public Outcome undo(EnsurePullSecret step, Outcome ended, StepContext context) {
        Place place = place(step);
        List<Effect> undone = new ArrayList<>();
        if (made(ended, PullSecrets.TYPE).isPresent()) {
            undone.add(pulls.remove(place));
        }
        made(ended, RegistrySpaces.ACCOUNT).ifPresent(issued -> {
            // Whatever the Secret holds is pulled with, be it of an earlier run.
            List<String> inUse = pulls.find(place).map(Kept::account).stream().toList();
            if (!inUse.contains(issued.name())) {
                undone.addAll(space(step).retire(prefix(step), inUse));
            }
        });
        return Outcome.done(null, undone);
    }

    private static Optional<Effect> made(Outcome ended, String type) {
        return ended.effects().stream()
                .filter(effect -> effect.type().equals(type) && effect.kind() == Effect.Kind.CREATED)
                .findFirst();
    }
}
