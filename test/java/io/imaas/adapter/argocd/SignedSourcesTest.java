package io.imaas.adapter.argocd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.imaas.adapter.argocd.api.ServerSettings;
import io.imaas.adapter.system.SystemClock;
import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.GpgFingerprint;
import io.imaas.model.identity.Secret;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Tenant;
import io.imaas.testing.Loopback;
import io.imaas.testing.Tenants;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Argo CD is told whose commits it may apply. */
class SignedSourcesTest extends ArgoCdWorld {
    private static final GpgFingerprint KEY = new GpgFingerprint("5DE3 E050 9C47 EA3C F04A  42D3 4AEE 18F8 3AFD EB23");
    private static final EnvironmentName DEV = new EnvironmentName("dev");

    private final Tenant charted = ArgoCdApplicationsTest.tenant();
    private final Tenant rendered = Tenants.rendered(charted);
    private final Service cart = rendered.services().get(0);

    @Test
    void aRenderedBranchIsCheckedForTheListedKeysAndForNoneOnceTheyAreGone() {
        assertThat(ensured(rendered, KEY)).isEqualTo(Effect.Kind.CREATED);
        assertThat(project().at("/spec/sourceIntegrity/git/policies"))
                .singleElement()
                .satisfies(policy -> {
                    assertThat(policy.at("/repos/0/url").asText()).isEqualTo("*");
                    assertThat(policy.at("/gpg/mode").asText()).isEqualTo("head");
                    assertThat(policy.at("/gpg/keys/0").asText()).isEqualTo(KEY.value());
                });
        assertThat(ensured(rendered, KEY)).isEqualTo(Effect.Kind.UNCHANGED);

        project().withObject("/spec/sourceIntegrity/git").putArray("policies");
        assertThat(ensured(rendered, KEY))
                .as("what somebody took out comes back")
                .isEqualTo(Effect.Kind.UPDATED);
        assertThat(project().at("/spec/sourceIntegrity/git/policies")).hasSize(1);

        assertThat(ensured(rendered)).isEqualTo(Effect.Kind.UPDATED);
        assertThat(project().at("/spec").has("sourceIntegrity")).isFalse();
        project().withObject("/spec/sourceIntegrity/git").putArray("policies");
        assertThat(ensured(rendered)).as("an administrator's own").isEqualTo(Effect.Kind.UNCHANGED);
    }

    @Test
    void whereArgoCdRendersPeoplePushAndSignAsTheyLike() {
        ensured(charted, KEY);
        assertThat(project().at("/spec").has("sourceIntegrity")).isFalse();
    }

    @Test
    void anOlderArgoCdThatDropsTheDemandWithoutAWordIsNotBelieved() throws Exception {
        ObjectMapper json = new ObjectMapper();
        HttpServer older = Loopback.http();
        older.createContext("/api/v1/projects", exchange -> {
            boolean written = exchange.getRequestMethod().equals("POST");
            JsonNode project = written
                    ? json.readTree(exchange.getRequestBody()).get("project")
                    : json.createObjectNode().put("code", 5);
            if (written) {
                ((ObjectNode) project.get("spec")).remove("sourceIntegrity");
            }
            byte[] body = json.writeValueAsBytes(project);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(written ? 200 : 404, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        older.start();
        URI address = URI.create("http://localhost:" + older.getAddress().getPort());
        ServerSettings server = new ServerSettings(address, new Secret("token"), "");
        try (ArgoCdDeployments there = new ArgoCdDeployments(
                ArgoCdSettings.of(server), new Ancestry(url -> new GitView(git)), new SystemClock())) {
            assertThatThrownBy(() -> there.ensure(rendered, cart, DEV, List.of(KEY)))
                    .isInstanceOf(FailureException.class)
                    .hasMessageContaining("this Argo CD does not check signatures of commits");
        } finally {
            older.stop(0);
        }
    }

    @Test
    void onlyAWholeFingerprintNamesAKey() {
        for (String wrong : List.of("", "4AEE18F83AFDEB23", "xyz", KEY.value() + "0")) {
            assertThatThrownBy(() -> new GpgFingerprint(wrong))
                    .isInstanceOf(FailureException.class)
                    .hasMessageContaining("is not the fingerprint of a GnuPG key");
        }
    }

    private Effect.Kind ensured(Tenant tenant, GpgFingerprint... signers) {
        return deployments.ensure(tenant, cart, DEV, List.of(signers)).get(0).kind();
    }

    private ObjectNode project() {
        return server.projects().get("shop-dev");
    }
}
