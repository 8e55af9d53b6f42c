package io.imaas.port;

import io.imaas.model.failure.Effect;
import io.imaas.model.identity.GpgFingerprint;
import io.imaas.model.rollout.RolloutStatus;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import java.util.List;
import java.util.Optional;

/** Whatever brings GitOps commits to life: Argo CD, or Helm and Kubernetes directly. */
public interface Deployments {
    /**
     * Makes the project of the tenant's environment and the application as they should be.
     *
     * @param signers the server is to accept commits of these keys alone; none: whatever is on the branch
     * @return empty where there are no applications, and releases are applied without one
     */
    List<Effect> ensure(Tenant tenant, Service service, EnvironmentName environment, List<GpgFingerprint> signers);

    /**
     * Takes back what {@link #ensure} did, once an application that it made is gone: a project that it made goes, what
     * it changed is as it was before. For whoever makes nothing there is nothing to take back.
     *
     * @param made the effects of that call
     * @throws io.imaas.model.failure.FailureException FAILED while something is left in the project
     */
    default List<Effect> restore(Tenant tenant, EnvironmentName environment, List<Effect> made) {
        return List.of();
    }

    /**
     * Told before manifests land that leave the number of a service's pods to an autoscaler, or that name it again, so that
     * no pod ends over it. Whoever applies them itself sees to it then.
     *
     * @param autoscaled whether an autoscaler decides from now on
     * @throws io.imaas.model.failure.FailureException EXTERNAL when the server does not answer: then nothing may land
     */
    default void handOver(Tenant tenant, ServiceName service, EnvironmentName environment, boolean autoscaled) {}

    /**
     * Begins to take a service's application away, with what it runs; what is absent is an unchanged effect.
     *
     * @throws io.imaas.model.failure.FailureException POLICY when something else has its name
     */
    List<Effect> remove(Tenant tenant, Service service, EnvironmentName environment);

    /** What is still there of a service's application, for people; empty when nothing is. A failed read is no answer. */
    Optional<String> remaining(Tenant tenant, Service service, EnvironmentName environment);

    /** What others made where the tenant's applications are, for people: while it is there, the tenant can't go. */
    List<String> foreign(Tenant tenant);

    /**
     * Takes the project of a tenant's environment away, which no application may be in any more.
     *
     * @throws io.imaas.model.failure.FailureException POLICY when somebody else made it, FAILED when it is not empty
     */
    List<Effect> removeProject(Tenant tenant, EnvironmentName environment);

    /**
     * Where the rollout stands. The first call begins to follow it (and nudges the server); further calls only look.
     * Never waits; safe to call again after a restart, when nothing is remembered.
     */
    RolloutStatus follow(RolloutTarget target);

    /** Calls {@code listener} from another thread whenever {@link #follow} would now say something else. */
    AutoCloseable watch(RolloutTarget target, Runnable listener);

    /** Whether the server answers and our token is good; throws what is wrong. */
    void check();
}
