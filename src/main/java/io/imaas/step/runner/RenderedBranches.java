package io.imaas.step.runner;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.step.CommitFiles;
import io.imaas.port.Change;
import io.imaas.port.GitRepository;
import io.imaas.port.GitRepository.Landed;
import io.imaas.step.chart.TenantCharts;
import io.imaas.step.runner.RenderedChange.Prepared;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Lands what is wanted and what it renders to in one push: the manifests that gates looked at, or nothing. The files that
 * were rendered are preconditions of the push, so nobody can change one of them in between.
 *
 * @param charts empty where none is at hand: then only changes land that render nothing
 * @param handOver told before a push, and told the opposite where an autoscaler was to decide and the push failed
 */
public record RenderedBranches(
        Tenant tenant, GitRepository repository, Optional<TenantCharts> charts, HandOver handOver) implements Landings {
    /** Somebody else changed a file of the same service in between. */
    private static final int TRIES = 5;

    /** Hands the number of a service's pods over to an autoscaler, or back to Git. */
    @FunctionalInterface
    public interface HandOver {
        /** Where nobody is to be told. */
        HandOver NONE = (service, environment, autoscaled) -> {};

        void begin(ServiceName service, EnvironmentName environment, boolean autoscaled);
    }

    /** @throws FailureException CONFLICT when other manifests would run than gates looked at */
    @Override
    public Placed land(Change change, EnvironmentName environment, Reviewed reviewed) {
        TreeSet<ServiceName> services = new TreeSet<>(reviewed.manifests().keySet());
        change.edits().stream()
                .filter(edit -> !edit.path().contains("/hold/"))
                .flatMap(edit -> GitOpsPaths.serviceOf(edit.path()).stream())
                .filter(service -> runsIn(service, environment))
                .forEach(services::add);
        services.removeIf(
                service -> CommitFiles.LATER.equals(reviewed.manifests().get(service)));
        if (services.isEmpty()) {
            Landed wanted = repository.land(change);
            return new Placed(
                    wanted, repository.head(GitOpsPaths.rendered(environment)).orElse(null));
        }
        RenderedChange rendered =
                new RenderedChange(tenant, repository, charts, change, environment, services, reviewed);
        Prepared prepared = bySeen(rendered);
        for (int attempt = 1; ; attempt++) {
            try {
                prepared.switched().forEach((service, autoscaled) -> handOver.begin(service, environment, autoscaled));
                List<Landed> landed = repository.land(prepared.both());
                return new Placed(
                        landed.get(0), landed.get(1).commit(), landed.get(1).created());
            } catch (FailureException e) {
                takeBack(prepared, environment);
                if (e.failure().kind() != FailureKind.CONFLICT || attempt == TRIES) {
                    throw e;
                }
            }
            prepared = rendered.on(rendered.tips(repository::head));
        }
    }

    /** What did not land leaves the number of pods to Git. Where nobody answers it ends by itself. */
    private void takeBack(Prepared prepared, EnvironmentName environment) {
        try {
            prepared.switched().forEach((service, autoscaled) -> {
                if (autoscaled) {
                    handOver.begin(service, environment, false);
                }
            });
        } catch (FailureException unanswered) {
            return;
        }
    }

    /**
     * On what was seen of the branches last, which saves asking the server: the preconditions find out when it is too old.
     * What can't be rendered there is rendered on what the branches hold now.
     */
    private Prepared bySeen(RenderedChange rendered) {
        RenderedChange.Tips seen = rendered.tips(repository::lastSeen);
        try {
            return rendered.on(seen);
        } catch (FailureException old) {
            RenderedChange.Tips now = rendered.tips(repository::head);
            if (now.equals(seen)) {
                throw old;
            }
            return rendered.on(now);
        }
    }

    private boolean runsIn(ServiceName name, EnvironmentName environment) {
        return tenant.service(name)
                .map(Service::environments)
                .filter(path -> path.contains(environment))
                .isPresent();
    }
}
