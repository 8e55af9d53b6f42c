package io.imaas.adapter.argocd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imaas.adapter.argocd.api.ServerSettings;
import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.Secret;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Adopted;
import io.imaas.model.tenancy.ApprovalPolicy;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.Environment.DirectChangePolicy;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Offboarding;
import io.imaas.model.tenancy.Quota;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Service.ServiceType;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Stop;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import io.imaas.model.tenancy.Window;
import io.imaas.model.tenancy.Windows;
import io.imaas.testing.FastClock;
import io.imaas.testing.FaultyServer;
import io.imaas.testing.FaultyServer.Fault;
import io.imaas.testing.Tenants;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Projects and applications are made, kept and deleted. */
class ArgoCdApplicationsTest extends ArgoCdWorld {
    @Test
    void aProjectGetsTheWindowsOfItsEnvironmentAndLosesNoOneElses() {
        EnvironmentName dev = new EnvironmentName("dev");
        Windows.Rule rule =
                new Windows.Rule(List.of(Window.parse("Mon-Thu 09:00-16:00", ZoneId.of("Europe/Berlin"))), List.of());
        Tenant synced = tenant(new Windows(List.of(rule), true));
        Tenant left = tenant(new Windows(List.of(rule), false));
        Service cart = synced.services().get(0);
        ensure(left, cart, dev);
        ObjectNode spec = server.projects().get("shop-dev").withObject("/spec");
        spec.putArray("syncWindows").addObject().put("kind", "deny").put("schedule", "0 0 1 1 *");
        assertThat(ensure(left, cart, dev).get(0).kind()).isEqualTo(Effect.Kind.UNCHANGED);

        assertThat(ensure(synced, cart, dev).get(0).kind()).isEqualTo(Effect.Kind.UPDATED);
        assertThat(server.projects().get("shop-dev").at("/spec/syncWindows"))
                .singleElement()
                .satisfies(
                        window -> assertThat(window.path("schedule").asText()).isEqualTo("0 9 * * 1,2,3,4"));
        assertThat(ensure(synced, cart, dev).get(0).kind()).isEqualTo(Effect.Kind.UNCHANGED);

        assertThat(ensure(left, cart, dev).get(0).kind()).isEqualTo(Effect.Kind.UPDATED);
        assertThat(server.projects().get("shop-dev").at("/spec/syncWindows")).isEmpty();
        assertThat(ensure(left, cart, dev).get(0).kind()).isEqualTo(Effect.Kind.UNCHANGED);
    }

    /** What lies beside them on a real Argo CD: a kustomization, a chart, jsonnet, each of which it took for the tool. */
    @Test
    void renderedManifestsAreOneFileAndNoToolIsLookedFor() {
        Tenant tenant = Tenants.rendered(tenant());
        Service service = tenant.services().get(0);
        EnvironmentName dev = new EnvironmentName("dev");
        ensure(tenant, service, dev);
        JsonNode source = server.made().get("shop-dev-cart").at("/spec/source");
        assertThat(source.at("/path").asText()).isEqualTo("cart");
        assertThat(source.at("/directory/include").asText()).isEqualTo("manifests.yaml");
        assertThat(ensure(tenant, service, dev))
                .extracting(Effect::kind)
                .containsExactly(Effect.Kind.UNCHANGED, Effect.Kind.UNCHANGED);
    }

    @Test
    void projectAndApplicationAreMadeOnceAndThenLeftAlone() {
        Tenant tenant = tenant();
        Service service = tenant.services().get(0);
        EnvironmentName dev = new EnvironmentName("dev");
        assertThat(ensure(tenant, service, dev))
                .extracting(Effect::kind)
                .containsExactly(Effect.Kind.CREATED, Effect.Kind.CREATED);
        assertThat(ensure(tenant, service, dev))
                .extracting(Effect::kind)
                .containsExactly(Effect.Kind.UNCHANGED, Effect.Kind.UNCHANGED);
        ObjectNode spec = server.made().get("shop-dev-cart").withObject("/spec");
        assertThat(spec.at("/source/path").asText()).isEqualTo("chart");
        assertThat(spec.at("/source/helm/valueFiles"))
                .extracting(node -> node.asText())
                .containsExactly(
                        "/services/cart/values.yaml", "/services/cart/release.yaml", "/services/cart/env/dev.yaml");
        assertThat(spec.at("/destination/namespace").asText()).isEqualTo("shop-dev");
        assertThat(spec.at("/source/helm/valuesObject").toString())
                .isEqualTo(
                        "{\"tenant\":\"shop\",\"service\":\"cart\",\"environment\":\"dev\",\"global\":{\"adopted\":false}}");
        assertThat(spec.at("/syncPolicy/retry/limit").asInt()).isEqualTo(2);
        assertThat(spec.at("/syncPolicy/retry/refresh").asBoolean()).isTrue();
    }

    @Test
    void beforeAnAutoscalerDecidesOnPodsNoNumberIsTakenAwayAndGitsNumberCountsAgainAfterwards() {
        Tenant tenant = tenant();
        Service service = tenant.services().get(0);
        EnvironmentName dev = new EnvironmentName("dev");
        deployments.handOver(tenant, service.name(), dev, true);
        assertThat(server.made()).isEmpty();
        ensure(tenant, service, dev);
        ObjectNode people = server.made().get("shop-dev-cart").withObject("/spec");
        people.withArray("ignoreDifferences").addObject().put("kind", "Secret");
        people.withObject("/syncPolicy").withArray("syncOptions").add("CreateNamespace=true");
        String before = people.toString();

        deployments.handOver(tenant, service.name(), dev, true);
        JsonNode spec = server.made().get("shop-dev-cart").get("spec");
        assertThat(spec.at("/ignoreDifferences/0/jqPathExpressions/0").asText())
                .isEqualTo("select(.metadata.annotations[\"imaas.io/autoscaled\"] != null) | .spec.replicas");
        assertThat(spec.at("/ignoreDifferences/1/kind").asText()).isEqualTo("Secret");
        // Ends by itself: whoever is killed before the push leaves nothing behind for long.
        assertThat(spec.at("/ignoreDifferences/2/jqPathExpressions/0").asText())
                .matches("select\\(now < \\d{10}\\) \\| \\.spec\\.replicas");
        assertThat(spec.at("/syncPolicy/syncOptions").toString())
                .isEqualTo("[\"RespectIgnoreDifferences=true\",\"CreateNamespace=true\"]");
        deployments.handOver(tenant, service.name(), dev, true);
        assertThat(server.made().get("shop-dev-cart").at("/spec/ignoreDifferences"))
                .hasSize(3);
        assertThat(ensure(tenant, service, dev).get(1).kind()).isEqualTo(Effect.Kind.UNCHANGED);

        deployments.handOver(tenant, service.name(), dev, false);
        assertThat(server.made().get("shop-dev-cart").get("spec")).hasToString(before);
    }

    @Test
    void aProjectLetsOneEnvironmentDeployWhatTheChartMakesAndNothingElse() throws IOException {
        Tenant tenant = tenant();
        ensure(tenant, tenant.services().get(0), new EnvironmentName("dev"));

        JsonNode spec = server.projects().get("shop-dev").get("spec");
        assertThat(spec.at("/sourceRepos").toString()).isEqualTo("[\"https://git.example.org/shop.git\"]");
        assertThat(spec.at("/destinations").toString())
                .isEqualTo("[{\"server\":\"https://kubernetes.default.svc\",\"namespace\":\"shop-dev\"}]");
        assertThat(spec.at("/clusterResourceWhitelist")).isEmpty();
        Set<String> allowed = new TreeSet<>();
        spec.at("/namespaceResourceWhitelist")
                .forEach(kind -> allowed.add(kind.path("kind").asText()));
        Set<String> wanted = kindsOfTheChart();
        // What they become, or Argo CD would show no pod: RealLifeTest.
        wanted.addAll(Set.of("Pod", "ReplicaSet"));
        assertThat(allowed).isEqualTo(wanted);
    }

    /** As the chart's templates say. */
    private static Set<String> kindsOfTheChart() throws IOException {
        Set<String> kinds = new TreeSet<>();
        try (Stream<Path> files = Files.list(Path.of("resources/helm/mi-service/templates"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
                Files.readAllLines(file).stream()
                        .filter(line -> line.startsWith("kind: "))
                        .forEach(line -> kinds.add(line.substring("kind: ".length())));
            }
        }
        return kinds;
    }

    @Test
    void aLabelThatSomebodyTookOffAnApplicationIsPutBack() {
        Tenant tenant = tenant();
        Service service = tenant.services().get(0);
        EnvironmentName dev = new EnvironmentName("dev");
        ensure(tenant, service, dev);
        server.made().get("shop-dev-cart").withObject("/metadata/labels").remove("imaas.io/service");

        List<Effect> updated = ensure(tenant, service, dev);
        assertThat(updated.get(1).detail()).isEqualTo("metadata.labels.imaas.io/service: (none) -> cart");
        deployments.restore(tenant, dev, updated);
        assertThat(server.made().get("shop-dev-cart").at("/metadata/labels").has("imaas.io/service"))
                .isFalse();
        ensure(tenant, service, dev);
        assertThat(deployments.remove(tenant, service, dev).get(0).kind()).isEqualTo(Effect.Kind.DELETED);
    }

    @ParameterizedTest
    @EnumSource(names = {"LOST", "BROKEN"})
    void anUpdateThatWasTriedIsGivenBackWhetherItWasDoneOrNot(Fault fault) throws IOException {
        Tenant tenant = tenant();
        EnvironmentName dev = new EnvironmentName("dev");
        ensure(tenant, tenant.services().get(0), dev);
        server.made().get("shop-dev-cart").withObject("/metadata/labels").remove("imaas.io/service");
        JsonNode before =
                server.made().get("shop-dev-cart").at("/metadata/labels").deepCopy();
        try (FaultyServer between = new FaultyServer(
                        server.url(),
                        HttpClient.newHttpClient(),
                        call -> call.equals("POST /api/v1/applications") ? fault : Fault.NONE);
                ArgoCdDeployments through = new ArgoCdDeployments(
                        ArgoCdSettings.of(new ServerSettings(between.address(), new Secret("secret-token"), "")),
                        new Ancestry(url -> new GitView(git)),
                        new FastClock())) {
            FailureException lost = catchThrowableOfType(
                    FailureException.class,
                    () -> through.ensure(tenant, tenant.services().get(0), dev, List.of()));
            assertThat(lost.effects()).extracting(Effect::kind).contains(Effect.Kind.UPDATED);
            assertThat(server.made().get("shop-dev-cart").at("/metadata/labels").equals(before))
                    .isEqualTo(fault == Fault.BROKEN);
            assertThat(deployments.restore(tenant, dev, lost.effects()))
                    .extracting(Effect::isChange)
                    .containsExactly(fault == Fault.LOST);
        }
        assertThat(server.made().get("shop-dev-cart").at("/metadata/labels")).isEqualTo(before);
    }

    @Test
    void rolesOfAProjectSurviveAndALostRaceIsRunAgain() {
        Tenant tenant = tenant();
        Service service = tenant.services().get(0);
        EnvironmentName dev = new EnvironmentName("dev");
        ensure(tenant, service, dev);
        ObjectNode spec = server.projects().get("shop-dev").withObject("/spec");
        spec.putArray("roles").addObject().put("name", "ci");
        spec.putArray("destinations").addObject().put("server", "*").put("namespace", "*");
        server.conflictNext(2);
        assertThat(ensure(tenant, service, dev).get(0).kind()).isEqualTo(Effect.Kind.UPDATED);
        ObjectNode after = server.projects().get("shop-dev").withObject("/spec");
        assertThat(after.at("/roles/0/name").asText()).isEqualTo("ci");
        assertThat(after.at("/destinations/0/namespace").asText()).isEqualTo("shop-dev");
        assertThat(after.at("/destinations")).hasSize(1);
    }

    @Test
    void anApplicationIsDeletedWithWhatItRunsAndIsThereUntilArgoCdIsDone() {
        Tenant tenant = tenant();
        Service service = tenant.services().get(0);
        EnvironmentName dev = new EnvironmentName("dev");
        ensure(tenant, service, dev);

        assertThat(deployments.remove(tenant, service, dev))
                .containsExactly(Effect.deleted("Application", "shop-dev-cart", "with what it runs in shop-dev"));
        assertThat(server.requests().get(server.requests().size() - 1)).satisfies(last -> {
            assertThat(last.method()).isEqualTo("DELETE");
            assertThat(last.query()).containsEntry("cascade", "true").containsEntry("project", "shop-dev");
        });
        assertThat(deployments.remaining(tenant, service, dev))
                .hasValueSatisfying(why -> assertThat(why).contains("is being deleted"));
        assertThat(deployments.remove(tenant, service, dev))
                .containsExactly(Effect.unchanged("Application", "shop-dev-cart"));
        assertThatThrownBy(() -> deployments.removeProject(tenant, new EnvironmentName("dev")))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.FAILED))
                .hasMessageContaining("referenced by 1 applications");
        server.finishDeletions();
        assertThat(deployments.remaining(tenant, service, dev)).isEmpty();
        assertThat(deployments.removeProject(tenant, new EnvironmentName("dev")))
                .containsExactly(Effect.deleted("AppProject", "shop-dev", ""));
        assertThat(deployments.removeProject(tenant, new EnvironmentName("dev")))
                .containsExactly(Effect.unchanged("AppProject", "shop-dev"));
        assertThat(server.projects()).isEmpty();
    }

    @Test
    void aServerThatIsNotWellIsNoAbsence() {
        Tenant tenant = tenant();
        Service service = tenant.services().get(0);
        EnvironmentName dev = new EnvironmentName("dev");
        server.failNext(100);
        deployments.close();
        deployments = deployments("secret-token", new FastClock());

        assertThatThrownBy(() -> deployments.remaining(tenant, service, dev))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.EXTERNAL));
        assertThatThrownBy(() -> deployments.remove(tenant, service, dev)).isInstanceOf(FailureException.class);
        assertThat(server.requests()).extracting(request -> request.method()).doesNotContain("DELETE");
    }

    static Tenant tenant(Adopted... adopted) {
        return tenant(Windows.ALWAYS, adopted);
    }

    private static Tenant tenant(Windows windows, Adopted... adopted) {
        EnvironmentName dev = new EnvironmentName("dev");
        return Tenants.tenant(
                new TenantName("shop"),
                "Shop",
                List.of("@acme/shop"),
                "shop@example.org",
                new RepositoryUrl("https://git.example.org/shop.git"),
                List.of(environment(dev, windows, adopted.length > 0)),
                new Quota("2", "4Gi", 10),
                List.of(),
                List.of(new Service(
                        new ServiceName("cart"),
                        new RepositoryUrl("https://git.example.org/cart.git"),
                        ServiceType.GATEWAY,
                        List.of(dev),
                        Stop.NONE,
                        Offboarding.NONE,
                        List.of(adopted),
                        List.of(),
                        List.of(),
                        "")));
    }

    private static Environment environment(EnvironmentName name, Windows windows, boolean adopted) {
        return new Environment(
                name,
                ApprovalPolicy.NONE,
                1,
                List.of(),
                Duration.ZERO,
                false,
                false,
                DirectChangePolicy.FLAG,
                false,
                Offboarding.NONE,
                windows,
                adopted);
    }
}
