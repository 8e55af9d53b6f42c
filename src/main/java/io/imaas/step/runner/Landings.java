package io.imaas.step.runner;

import io.imaas.model.failure.Effect;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.Trailers;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.port.Change;
import io.imaas.port.GitRepository;
import io.imaas.port.GitRepository.Landed;
import io.imaas.port.Precondition;
import java.util.List;
import java.util.Map;

/** Brings changes of what is wanted onto an environment's branch, with all that belongs to them. */
@FunctionalInterface
public interface Landings {
    Placed land(Change change, EnvironmentName environment, Reviewed reviewed);

    /**
     * What gates looked at.
     *
     * @param manifests by service, the hash of its manifests
     * @param chart the digest of the chart that is promoted with them; empty: they are made with the environment's own
     * @param fits whether they were found to fit into the tenant's quota, and have to when they land
     */
    record Reviewed(Map<ServiceName, String> manifests, String chart, boolean fits) {
        static final Reviewed NOTHING = of(Map.of());

        /** Manifests made with the environment's own chart. */
        public static Reviewed of(Map<ServiceName, String> manifests) {
            return new Reviewed(manifests, "", false);
        }
    }

    /**
     * Where a change is.
     *
     * @param rendered the commit with the manifests; null where the deployment server renders
     * @param rendering whether these manifests are new there
     */
    record Placed(Landed wanted, CommitId rendered, boolean rendering) {
        /** A change that renders nothing new. */
        public Placed(Landed wanted, CommitId rendered) {
            this(wanted, rendered, false);
        }

        /** What the manifests' branch got, for reports; nothing where it got nothing new. */
        List<Effect> effects(EnvironmentName environment) {
            return rendering
                    ? List.of(Effect.created(
                            "manifests", GitOpsPaths.rendered(environment) + "@" + rendered.abbreviated(), ""))
                    : List.of();
        }
    }

    /** The same, where each change has one more trailer. */
    default Landings with(String trailer, String value) {
        return (change, environment, reviewed) -> land(
                change.withTrailers(
                        new Trailers(change.trailers()).with(trailer, value).lines()),
                environment,
                reviewed);
    }

    /**
     * No hold is on the service: the plan asked before, but time has passed.
     *
     * @param path of the hold's file
     */
    static Precondition withoutHold(BranchName branch, String path) {
        return new Precondition.Absent(branch, path, "a hold was set meanwhile", "lift it with 'imaas resume'");
    }

    /** Of a tenant whose deployment server renders. */
    static Landings wantedAlone(GitRepository repository) {
        return (change, environment, reviewed) -> new Placed(repository.land(change), null);
    }
}
