package io.imaas.port;

import io.imaas.model.Effect;
import io.imaas.model.EnvironmentName;
import io.imaas.model.RolloutStatus;
import io.imaas.model.RolloutTarget;
import io.imaas.model.Service;
import io.imaas.model.Tenant;

/** Whatever brings GitOps commits to life: Argo CD, or Helm and Kubernetes directly. */
public interface Deployments {
    /** Makes the tenant's project and its applications as they should be. */
    java.util.List<Effect> ensure(Tenant tenant, Service service, EnvironmentName environment);

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
