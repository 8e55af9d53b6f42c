package io.imaas.plan.promotion;

import io.imaas.model.request.Request;
import io.imaas.model.request.Request.Trigger;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Platform;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.plan.snapshot.GitOpsState;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.plan.snapshot.Snapshot;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What would have to happen before the next environment has what this one has. */
public final class Outlook {
    private final Platform platform;
    private final Tenant tenant;

    public Outlook(Platform platform, Tenant tenant) {
        this.platform = platform;
        this.tenant = tenant;
    }

    /**
     * For a service, by the environment that lags behind: the gates that are closed now. An environment that has the
     * release of the one before is not in it; one that could have it at once is there with no gate.
     */
    public Map<EnvironmentName, List<GateAnswer>> of(ServiceName name, GitOpsState state) {
        Map<EnvironmentName, List<GateAnswer>> lagging = new LinkedHashMap<>();
        Service service = tenant.service(name).orElse(null);
        if (service == null) {
            return lagging;
        }
        List<EnvironmentName> path = service.environments();
        for (int i = 1; i < path.size(); i++) {
            EnvironmentName from = path.get(i - 1);
            EnvironmentName to = path.get(i);
            ServiceState ahead = state.environment(from).service(name).orElse(null);
            if (ahead != null && ahead.release() != null && differs(ahead, state, to)) {
                lagging.put(to, closed(name, from, to, state));
            }
        }
        return lagging;
    }

    private static boolean differs(ServiceState ahead, GitOpsState state, EnvironmentName to) {
        return state.environment(to)
                .service(ahead.service())
                .flatMap(ServiceState::running)
                .filter(release -> release.image().equals(ahead.release().image()))
                .isEmpty();
    }

    private List<GateAnswer> closed(ServiceName name, EnvironmentName from, EnvironmentName to, GitOpsState state) {
        Request request = new Request(tenant.name(), name, Trigger.MANUAL, to, "@nobody");
        PromotionRequest wanted =
                new PromotionRequest(request, from, to, List.of(name), null, "", false, "", List.of());
        return new PromotionPlanner(platform.withoutImagePolicy(), tenant, Duration.ZERO)
                .plan(wanted, Snapshot.of(state))
                .closedGates();
    }
}
