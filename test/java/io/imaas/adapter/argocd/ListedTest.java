package io.imaas.adapter.argocd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imaas.adapter.argocd.sim.SimulatedServer.Request;
import io.imaas.adapter.system.SystemClock;
import io.imaas.model.failure.Effect;
import io.imaas.model.failure.Effect.Kind;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Tenant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A run over many tenants lists once what Argo CD has, and asks for what differs alone. */
class ListedTest extends ArgoCdWorld {
    private static final EnvironmentName DEV = new EnvironmentName("dev");

    private final Tenant tenant = ArgoCdApplicationsTest.tenant();

    @Test
    void whatIsAsItShouldBeIsNotAskedForOneByOne() {
        makeItAll();
        int before = server.requests().size();
        try (ArgoCdDeployments all = atOnce()) {
            assertThat(kinds(all)).containsOnly(Kind.UNCHANGED);
            assertThat(kinds(all)).containsOnly(Kind.UNCHANGED);
            assertThat(all.running().owned("acme")).as("asked after the run").isEmpty();
        }
        assertThat(callsSince(before)).containsExactly("GET /api/v1/projects", "GET /api/v1/applications");
    }

    @Test
    void whatDiffersIsReadAgainAndCorrected() {
        makeItAll();
        server.made().get("shop-dev-cart").withObject("/spec").putArray("sources");
        server.projects().get("shop-dev").withObject("/spec").putArray("sourceRepos");
        try (ArgoCdDeployments all = atOnce()) {
            assertThat(kinds(all)).containsOnly(Kind.UPDATED);
            assertThat(kinds(all)).as("on newer data than the lists").containsOnly(Kind.UNCHANGED);
        }
    }

    @Test
    void oneOfThatNameInAnotherNamespaceIsNotIt() {
        makeItAll();
        ObjectNode elsewhere = server.made().remove("shop-dev-cart");
        elsewhere.withObject("/metadata").put("namespace", "somebodys");
        server.made().put("elsewhere", elsewhere);
        try (ArgoCdDeployments all = atOnce()) {
            assertThat(kinds(all)).containsExactly(Kind.UNCHANGED, Kind.CREATED);
        }
    }

    private void makeItAll() {
        assertThat(kinds(deployments)).containsOnly(Kind.CREATED);
    }

    private ArgoCdDeployments atOnce() {
        return new ArgoCdDeployments(
                settings("secret-token").atOnce(), new Ancestry(url -> new GitView(git)), new SystemClock());
    }

    private List<Kind> kinds(ArgoCdDeployments all) {
        return all.ensure(tenant, tenant.services().get(0), DEV, List.of()).stream()
                .map(Effect::kind)
                .toList();
    }

    private List<String> callsSince(int before) {
        List<Request> all = server.requests();
        return all.subList(before, all.size()).stream()
                .map(request -> request.method() + " " + request.path())
                .toList();
    }
}
