package io.imaas.adapter.management;

import io.imaas.model.rollout.ProbeResult;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.port.ServiceProbe;
import java.util.Optional;
import java.util.function.Function;

/**
 * Asks a Micro Integrator whether it loaded the CARs that it should, and no faulty one: its health check says 'ready' for
 * an empty pod as well. Where several pods stand behind one address, one of them answers for all.
 */
public final class ManagementProbe implements ServiceProbe, AutoCloseable {
    private final ManagementApi api;
    private final Function<RolloutTarget, Optional<Expectation>> expectations;

    /** @param expectations what a target should have loaded; empty: it is not asked */
    public ManagementProbe(ManagementAccess access, Function<RolloutTarget, Optional<Expectation>> expectations) {
        this.api = new ManagementApi(access);
        this.expectations = expectations;
    }

    @Override
    public ProbeResult ask(RolloutTarget target) {
        Optional<Expectation> expectation = expectations.apply(target);
        if (expectation.isEmpty()) {
            return NONE.ask(target);
        }
        try {
            return api.applications(expectation.get().url())
                    .compare(expectation.get().cars());
        } catch (Refusal refusal) {
            return refusal.result();
        }
    }

    @Override
    public void close() {
        api.close();
    }
}
