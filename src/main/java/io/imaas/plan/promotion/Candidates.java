package io.imaas.plan.promotion;

import io.imaas.model.failure.FailureException;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Platform;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.gate.Candidate;
import io.imaas.plan.snapshot.EnvironmentState;
import io.imaas.plan.snapshot.LatestChange;
import io.imaas.plan.snapshot.PastRelease;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.plan.snapshot.Snapshot;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Finds out what a promotion is about. */
public final class Candidates {
    private Candidates() {}

    /**
     * The services named, or all that run in the environment they come from, in the tenant's order.
     *
     * @throws FailureException INPUT when an environment or a service is unknown, or a service has no such release
     */
    public static List<Candidate> of(Platform platform, Tenant tenant, PromotionRequest wanted, Snapshot facts) {
        Environment environment = tenant.environment(wanted.to()).orElseThrow(() -> unknown(tenant, wanted.to()));
        wanted.services().stream()
                .filter(name -> tenant.service(name).isEmpty())
                .findFirst()
                .ifPresent(name -> {
                    throw unknown(tenant, name);
                });
        EnvironmentState to = facts.state().environment(wanted.to());
        LocalDate today = platform.dayOf(facts.state().at());
        List<Candidate> candidates = new ArrayList<>();
        for (Service service : tenant.services()) {
            // Git still tells of it, but nothing runs: whoever promotes all means what is there.
            if (wanted.services().isEmpty()
                    && tenant.offboardingOf(service, environment).isDue(today)) {
                continue;
            }
            ServiceState source = source(tenant, wanted, facts, service.name());
            if (source != null) {
                candidates.add(new Candidate(
                        service,
                        wanted.from(),
                        environment,
                        source,
                        to.service(service.name()).orElse(null)));
            }
        }
        return candidates;
    }

    /**
     * Those whose manifests are made before anything is decided: what would arrive, and what may have been cut off when it was
     * on the environment's branch and not among the manifests yet.
     */
    public static List<Candidate> arriving(PromotionRequest wanted, Snapshot facts, List<Candidate> candidates) {
        return candidates.stream()
                .filter(candidate -> arrives(wanted, candidate)
                        && (!candidate.alreadyThere()
                                || !live(candidate, facts)
                                || !wanted.services().isEmpty()))
                .toList();
    }

    /** Whether a rollout saw healthy what is there: not only the same image at some time, but its last change. */
    static boolean live(Candidate candidate, Snapshot facts) {
        return candidate.target().healthy()
                && facts.all(LatestChange.class)
                        .filter(change -> change.release()
                                .service()
                                .equals(candidate.service().name()))
                        .allMatch(LatestChange::live);
    }

    /** Whether nothing of it would arrive: it is on the environment's branch, and as far as anybody looked it runs. */
    static boolean there(Candidate candidate, Snapshot facts) {
        return candidate.alreadyThere()
                && facts.render(candidate.service().name())
                        .filter(render -> !render.runsAlready())
                        .isEmpty();
    }

    /** Those that are to run in the environment, whether they are there already or not: what people say yes to. */
    public static List<Candidate> approvable(PromotionRequest wanted, List<Candidate> candidates) {
        return candidates.stream()
                .filter(candidate -> arrives(wanted, candidate))
                .toList();
    }

    /** Whether the release is to run there; one that only travels through is carried along by the merge. */
    static boolean arrives(PromotionRequest wanted, Candidate candidate) {
        return !candidate.passesThrough()
                || wanted.services().contains(candidate.service().name());
    }

    private static ServiceState source(Tenant tenant, PromotionRequest wanted, Snapshot facts, ServiceName name) {
        boolean named = wanted.services().contains(name);
        if (!named && !wanted.services().isEmpty()) {
            return null;
        }
        if (wanted.tree() != null) {
            return builtFrom(wanted, facts, name);
        }
        ServiceState source = facts.state()
                .environment(wanted.from())
                .service(name)
                .map(state -> named ? state.orThrow() : state)
                .filter(state -> state.release() != null)
                .orElse(null);
        if (source == null && named) {
            throw FailureException.input(name + " has no release in " + wanted.from(), elsewhere(tenant, wanted, name));
        }
        return source;
    }

    /** How it gets to where it is to come from. */
    private static String elsewhere(Tenant tenant, PromotionRequest wanted, ServiceName name) {
        List<EnvironmentName> path =
                tenant.environments().stream().map(Environment::name).toList();
        int at = path.indexOf(wanted.from());
        return at > 0
                ? "imaas promote " + name + " " + path.get(at - 1) + " " + wanted.from()
                : tenant.service(name)
                        .map(service -> "git clone " + service.repository() + " " + name + " && imaas deliver " + name)
                        .orElse("");
    }

    /** The newest release of those very sources: a merge of branches has new commits, but no new content. */
    private static ServiceState builtFrom(PromotionRequest wanted, Snapshot facts, ServiceName name) {
        return facts.all(PastRelease.class)
                .filter(past -> past.release().service().equals(name)
                        && wanted.tree().equals(past.release().tree()))
                .findFirst()
                .map(past -> new ServiceState(name, past.release(), null, null, past.releaseFile(), past.valuesFile())
                        .with(past.migration()))
                .orElseThrow(() -> FailureException.input(
                        wanted.from() + " never had a release of " + name + " built from these sources",
                        "tree " + wanted.tree(),
                        "deliver exactly these sources to " + wanted.from()
                                + " first; what is promoted is never rebuilt"));
    }

    private static FailureException unknown(Tenant tenant, EnvironmentName name) {
        return FailureException.unknown(
                "tenant " + tenant.name() + " has no environment '" + name + "'",
                "",
                name.value(),
                tenant.environments().stream().map(e -> e.name().value()).toList());
    }

    private static FailureException unknown(Tenant tenant, ServiceName name) {
        return FailureException.unknown(
                "tenant " + tenant.name() + " has no service '" + name + "'",
                "",
                name.value(),
                tenant.services().stream().map(s -> s.name().value()).toList());
    }
}
