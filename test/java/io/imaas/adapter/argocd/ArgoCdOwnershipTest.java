package io.imaas.adapter.argocd;

import static io.imaas.adapter.argocd.ArgoCdApplicationsTest.tenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.tenancy.Adopted;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Tenant;
import io.imaas.port.RunningApplications;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What others made in Argo CD is found, and neither deleted nor taken over unless the tenant's file says so. */
class ArgoCdOwnershipTest extends ArgoCdWorld {
    @Test
    void anApplicationThatSomebodyElsePutIntoTheProjectIsFoundBeforeAnythingIsDeleted() {
        Tenant tenant = tenant();
        ensure(tenant, tenant.services().get(0), new EnvironmentName("dev"));
        assertThat(deployments.foreign(tenant)).isEmpty();
        ObjectNode byHand = server.made().get("shop-dev-cart").deepCopy();
        byHand.withObject("/metadata").put("name", "by-hand");
        server.made().put("by-hand", byHand);

        assertThat(deployments.foreign(tenant)).containsExactly("Argo CD application by-hand in project shop-dev");
    }

    @Test
    void whatIsThePlatformsOwnIsListedByTwoCallsHoweverMuchThereIs() {
        Tenant tenant = tenant();
        ensure(tenant, tenant.services().get(0), new EnvironmentName("dev"));
        String project = tenant.namespace(new EnvironmentName("dev"));
        server.projects().get(project).withObject("/metadata/labels").put("imaas.io/platform", "acme");
        server.projects().put("theirs", server.projects().get(project).deepCopy());
        server.projects().get("theirs").withObject("/metadata").put("name", "theirs");
        server.projects().get("theirs").withObject("/metadata/labels").put("imaas.io/platform", "other");
        int before = server.requests().size();

        assertThat(deployments.running().owned("acme"))
                .containsExactly(
                        new RunningApplications.Owned("AppProject", project),
                        new RunningApplications.Owned(
                                "Application",
                                tenant.application(tenant.services().get(0).name(), new EnvironmentName("dev"))));
        assertThat(server.requests()).hasSize(before + 2);
    }

    @Test
    void whatSomebodyElseMadeInArgoCdIsNotDeleted() {
        Tenant tenant = tenant();
        Service service = tenant.services().get(0);
        EnvironmentName dev = new EnvironmentName("dev");
        ensure(tenant, service, dev);
        server.made().get("shop-dev-cart").withObject("/metadata").remove("labels");
        server.projects().get("shop-dev").withObject("/metadata/labels").put("imaas.io/tenant", "other");

        assertThatThrownBy(() -> deployments.remove(tenant, service, dev))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("Application shop-dev-cart", "imaas.io/tenant");
        assertThatThrownBy(() -> deployments.removeProject(tenant, new EnvironmentName("dev")))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("AppProject shop-dev", "is 'other'");
        assertThat(server.requests()).extracting(request -> request.method()).doesNotContain("DELETE");
    }

    @Test
    void aProjectThatSomebodyElseMadeIsNotTakenOver() {
        Tenant tenant = tenant();
        Service service = tenant.services().get(0);
        EnvironmentName dev = new EnvironmentName("dev");
        ensure(tenant, service, dev);
        server.projects().get("shop-dev").withObject("/metadata").remove("labels");
        server.projects().get("shop-dev").withObject("/spec").put("description", "theirs");

        assertThatThrownBy(() -> ensure(tenant, service, dev))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.POLICY))
                .hasMessageContaining("AppProject shop-dev")
                .hasMessageContaining("--adopt");
        assertThat(server.projects().get("shop-dev").at("/spec/description").asText())
                .isEqualTo("theirs");
    }

    @Test
    void anApplicationThatRanBeforeGoesOnUnderItsNameWhereTheTenantsFileSaysSo() {
        Tenant made = tenant();
        Service cart = made.services().get(0);
        EnvironmentName dev = new EnvironmentName("dev");
        ensure(made, cart, dev);
        ObjectNode byHand = server.made().remove("shop-dev-cart");
        byHand.withObject("/metadata").put("name", "the-cart").remove("labels");
        byHand.withObject("/spec").put("project", "default").putArray("ignoreDifferences");
        server.made().put("the-cart", byHand);
        server.projects().get("shop-dev").withObject("/metadata").remove("labels");
        server.projects().put("default", server.projects().get("shop-dev").deepCopy());
        Tenant tenant = tenant(new Adopted(dev, "the-cart", "", null, "", List.of()));

        List<Effect> effects = ensure(tenant, tenant.services().get(0), dev);
        assertThat(effects).extracting(Effect::kind).containsOnly(Effect.Kind.UPDATED);
        ObjectNode now = server.made().get("the-cart");
        assertThat(now.at("/spec/project").asText()).isEqualTo("shop-dev");
        assertThat(now.at("/spec").has("ignoreDifferences")).isTrue();
        assertThat(now.at("/metadata/labels/imaas.io~1service").asText()).isEqualTo("cart");
        assertThat(server.made()).containsOnlyKeys("the-cart");
        assertThat(ensure(tenant, tenant.services().get(0), dev))
                .extracting(Effect::kind)
                .containsOnly(Effect.Kind.UNCHANGED);
        deployments.restore(tenant, dev, effects);
        assertThat(server.made().get("the-cart").at("/spec/project").asText()).isEqualTo("default");
    }

    @Test
    void anApplicationOfAnotherTenantIsNeverTakenOver() {
        Tenant made = tenant();
        Service cart = made.services().get(0);
        EnvironmentName dev = new EnvironmentName("dev");
        ensure(made, cart, dev);
        ObjectNode theirs = server.made().get("shop-dev-cart");
        theirs.withObject("/metadata/labels").put("imaas.io/tenant", "other");
        theirs.withObject("/spec").put("project", "other-dev");
        Tenant tenant = tenant(new Adopted(dev, "shop-dev-cart", "", null, "", List.of()));

        assertThatThrownBy(() -> ensure(tenant, tenant.services().get(0), dev))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("belongs to another");
        assertThat(theirs.at("/spec/project").asText()).isEqualTo("other-dev");
    }
}
