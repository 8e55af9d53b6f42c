package io.imaas.app;

import io.imaas.model.failure.FailureException;
import io.imaas.model.image.ImageRef;
import io.imaas.model.rollout.Trailers;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.port.Commit;
import io.imaas.port.GitRepository;
import io.imaas.report.Deployment;
import io.imaas.report.Deployment.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Which releases came to a tenant's environments: from the trailers of the orchestrator's own commits alone. */
record DeploymentLog(TenantWorld world) {
    /**
     * Newest first.
     *
     * @param limit how many commits of an environment are looked at
     */
    List<Deployment> read(int limit) {
        GitRepository repository = world.repository();
        List<Deployment> found = new ArrayList<>();
        for (Environment environment : world.tenant().environments()) {
            for (Commit commit : repository.history(environment.name().branch(), "", limit)) {
                if (isRelease(commit, environment.name())) {
                    found.addAll(of(commit, environment.name()));
                }
            }
        }
        found.sort(Comparator.comparing(Deployment::at).reversed());
        return found;
    }

    private boolean isRelease(Commit commit, EnvironmentName environment) {
        return Trailers.areOf(world.tenant().name(), environment, commit.trailers())
                && commit.trailers().containsKey(Trailers.SERVICE)
                && commit.trailers().containsKey(Trailers.IMAGE);
    }

    private static List<Deployment> of(Commit commit, EnvironmentName environment) {
        String[] services = commit.trailers().get(Trailers.SERVICE).split(", ");
        String[] images = commit.trailers().get(Trailers.IMAGE).split(", ");
        List<Deployment> all = new ArrayList<>();
        for (int i = 0; i < Math.min(services.length, images.length); i++) {
            try {
                all.add(new Deployment(
                        new ServiceName(services[i]),
                        environment,
                        ImageRef.parse(images[i]).digest(),
                        kind(commit),
                        commit.at(),
                        commit.actor(),
                        commit.subject(),
                        commit.id()));
            } catch (FailureException malformed) {
                // No commit of the orchestrator looks like this: it counts for nothing.
            }
        }
        return all;
    }

    private static Kind kind(Commit commit) {
        return commit.trailers().containsKey(Trailers.ROLLBACK)
                ? Kind.ROLLED_BACK
                : commit.trailers().containsKey(Trailers.FROM) ? Kind.PROMOTED : Kind.DELIVERED;
    }
}
