package io.imaas.app;

import io.imaas.model.failure.FailureException;
import io.imaas.model.rollout.Migration;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.ServiceSettings.MigrationSettings;
import io.imaas.plan.delivery.Aim;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.port.GitRepository;
import io.imaas.step.observe.MigrationObserver;
import java.util.List;

/**
 * The migration of a service's database, as far as a delivery needs it.
 *
 * @param settings null where the service has none
 */
record SourceMigration(TenantWorld world, GitRepository sources, MigrationSettings settings) {
    /**
     * What the sources of a service hold; null for none.
     *
     * @throws FailureException INPUT with the script that is no good, or when the service's name leaves no room for that of
     *     a Job; POLICY when the platform does not let it run
     */
    Migration at(CommitId commit, Service service) {
        if (settings == null) {
            return null;
        }
        if (service.name().value().length() > Migration.LONGEST_SERVICE) {
            throw FailureException.input(
                    "the name of " + service.name() + " has "
                            + service.name().value().length()
                            + " characters: a service with a migration may have " + Migration.LONGEST_SERVICE
                            + ", so that its Job can be named after it",
                    "imaas.yaml",
                    "give it a shorter name in tenants/" + world.tenant().name() + ".yaml, or remove 'migration'");
        }
        if (!world.tenant().isRendered()) {
            throw FailureException.policy(
                    "a migration needs manifests that the orchestrator renders, and tenant "
                            + world.tenant().name() + " has 'delivery: helm'",
                    "imaas.yaml",
                    "ask an admin for 'delivery: rendered', or remove 'migration'");
        }
        return new MigrationObserver(sources, world.platform().manifests()).observe(commit, settings);
    }

    /** The service as it is where it is delivered to; null where it is not there, or has no migration. */
    ServiceState there(Service service, Aim aim) {
        if (settings == null) {
            return null;
        }
        EnvironmentName target = aim.to() == null ? service.environments().get(0) : aim.to();
        return world.observer()
                .observe(List.of(target), List.of(service.name()))
                .environment(target)
                .service(service.name())
                .orElse(null);
    }
}
