package io.imaas.adapter.argocd;

import io.imaas.adapter.argocd.api.ServerSettings;
import io.imaas.adapter.argocd.machine.Limits;
import io.imaas.adapter.argocd.sim.RealTime;
import io.imaas.adapter.argocd.sim.Script;
import io.imaas.adapter.argocd.sim.SimulatedApi;
import io.imaas.adapter.argocd.sim.SimulatedApplication;
import io.imaas.adapter.argocd.sim.SimulatedArgoCd;
import io.imaas.adapter.argocd.sim.SimulatedGit;
import io.imaas.adapter.argocd.sim.SimulatedServer;
import io.imaas.adapter.system.SystemClock;
import io.imaas.model.failure.Effect;
import io.imaas.model.identity.Secret;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Tenant;
import io.imaas.port.Clock;
import io.imaas.port.ServiceProbe;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The adapter over real HTTP against the simulated Argo CD, whose world runs fifty times faster than ours. */
abstract class ArgoCdWorld {
    static final String IMAGE = "registry.example.org/orders/order-api";

    final RealTime time = new RealTime();
    final SimulatedGit git = new SimulatedGit();
    final SimulatedArgoCd argo = new SimulatedArgoCd(new Script(time, 1).pace(0.02), git);
    final SimulatedApi api = new SimulatedApi(argo);
    SimulatedApplication application;
    SimulatedServer server;
    ArgoCdDeployments deployments;

    @BeforeEach
    void begin() throws IOException {
        server = new SimulatedServer(time, api, "secret-token");
        time.run(() -> {
            git.commit("order-api", SimulatedGit.digest(0));
            application = argo.application(
                    "orders-dev-order-api", "orders-dev", "order-api", "https://git.example.org/o.git", IMAGE);
            argo.settle(application, git.head().value());
        });
        deployments = deployments("secret-token");
    }

    ArgoCdDeployments deployments(String token) {
        return deployments(token, new SystemClock());
    }

    final ArgoCdDeployments deployments(String token, Clock clock) {
        return new ArgoCdDeployments(settings(token), new Ancestry(url -> new GitView(git)), clock);
    }

    List<Effect> ensure(Tenant tenant, Service service, EnvironmentName environment) {
        return deployments.ensure(tenant, service, environment, List.of());
    }

    ArgoCdSettings settings(String token) {
        Limits usual = Limits.defaults();
        Limits limits = new Limits(
                usual.denied(),
                Duration.ofMillis(300),
                Duration.ofMillis(500),
                Duration.ofSeconds(2),
                Duration.ofMillis(500),
                usual.operation(),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                usual.progress(),
                Duration.ofMillis(500),
                usual.probe(),
                Duration.ofSeconds(2),
                usual.lost(),
                usual.explain());
        return new ArgoCdSettings(
                new ServerSettings(server.url(), new Secret(token), ""),
                "chart",
                limits,
                ServiceProbe.NONE,
                false,
                false);
    }

    @AfterEach
    void end() {
        deployments.close();
        server.close();
    }
}
