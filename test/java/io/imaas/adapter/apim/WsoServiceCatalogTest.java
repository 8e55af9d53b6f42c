package io.imaas.adapter.apim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.Secret;
import io.imaas.model.source.ApiDescription;
import io.imaas.port.Cluster.Applied;
import io.imaas.port.ServiceCatalog;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WsoServiceCatalogTest {
    private static final String OWNER = "acme.orders.prod.order-api.";
    private static final String OPENAPI = "openapi: 3.0.3\ninfo: {title: Hello}\npaths: {}\n";

    private FakeApiManager manager;

    @BeforeEach
    void start() throws IOException {
        manager = new FakeApiManager();
    }

    @AfterEach
    void stop() {
        manager.close();
    }

    private static ApiDescription api(String name, String version, String definition) {
        return new ApiDescription(
                name, version, "Says hello", "https://api.example.org/hello", "OAS3", "BASIC", false, definition);
    }

    private ServiceCatalog.Place place() {
        return new ServiceCatalog.Place(manager.url(), "APIM", OWNER);
    }

    private ServiceCatalog catalog(boolean writes, String login) {
        return new WsoServiceCatalog(name -> Optional.of(new Secret(login)), writes);
    }

    private Applied keep(ApiDescription... apis) {
        return catalog(true, "admin:secret").keep(place(), List.of(apis));
    }

    private static List<String> told(Applied applied) {
        assertThat(applied.failures()).isEmpty();
        return applied.effects().stream()
                .map(effect -> effect.kind() + " " + effect.name().substring(OWNER.length()))
                .toList();
    }

    @Test
    void anApiIsListedOnceAndWrittenAgainOnlyWhenItChanged() {
        Applied dry = catalog(false, "admin:secret").keep(place(), List.of(api("Hello", "1.0.0", OPENAPI)));
        assertThat(told(dry)).containsExactly("CREATED Hello-1.0.0");
        assertThat(manager.entries).isEmpty();

        assertThat(told(keep(api("Hello", "1.0.0", OPENAPI)))).containsExactly("CREATED Hello-1.0.0");
        assertThat(manager.entries.get(OWNER + "Hello-1.0.0").path("serviceUrl").asText())
                .isEqualTo("https://api.example.org/hello");

        manager.calls.clear();
        assertThat(told(keep(api("Hello", "1.0.0", OPENAPI)))).containsExactly("UNCHANGED Hello-1.0.0");
        assertThat(manager.calls).containsExactly("GET services");

        assertThat(told(keep(api("Hello", "1.0.0", OPENAPI + "tags: []\n")))).containsExactly("UPDATED Hello-1.0.0");
        assertThat(told(keep(api("Hello", "1.0.0", OPENAPI + "tags: []\n")))).containsExactly("UNCHANGED Hello-1.0.0");
    }

    @Test
    void whatTheReleaseHasNoLongerIsRemovedUnlessAnApiWasMadeOfIt() {
        keep(api("Hello", "1.0.0", OPENAPI), api("Bye", "1.0.0", OPENAPI));
        manager.used.add(OWNER + "Hello-1.0.0");

        for (boolean tells : new boolean[] {true, false}) {
            manager.tellsUsage = tells;
            Applied applied = keep(api("Hello", "2.0.0", OPENAPI));
            assertThat(applied.warnings()).singleElement().satisfies(warning -> assertThat(warning.toString())
                    .contains("Hello-1.0.0", "Publisher"));
            assertThat(manager.entries).containsOnlyKeys(OWNER + "Hello-1.0.0", OWNER + "Hello-2.0.0");
        }
    }

    @Test
    void entriesOfOthersAreNeitherChangedNorRemoved() {
        catalog(true, "admin:secret")
                .keep(
                        new ServiceCatalog.Place(manager.url(), "APIM", "not." + OWNER),
                        List.of(api("Hello", "1.0.0", OPENAPI)));
        keep(api("Hello", "1.0.0", OPENAPI));

        assertThat(catalog(true, "admin:secret").remove(place()))
                .containsExactly(Effect.deleted(ServiceCatalog.TYPE, OWNER + "Hello-1.0.0", ""));
        assertThat(manager.entries).containsOnlyKeys("not." + OWNER + "Hello-1.0.0");
        assertThat(catalog(true, "admin:secret").remove(place())).noneMatch(Effect::isChange);
    }

    @Test
    void nothingIsRemovedWhenAnApiWasMadeOfOneOfThem() {
        keep(api("Bye", "1.0.0", OPENAPI), api("Hello", "1.0.0", OPENAPI));
        manager.used.add(OWNER + "Hello-1.0.0");

        assertThatThrownBy(() -> catalog(true, "admin:secret").remove(place()))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.POLICY))
                .hasMessageContaining("made an API of this service");
        assertThat(manager.entries).hasSize(2);
    }

    @Test
    void aListIsReadToItsEndAndLongNamesGetShortKeys() {
        ApiDescription[] many = IntStream.range(0, 230)
                .mapToObj(i -> api("Api" + i, "1", OPENAPI))
                .toArray(ApiDescription[]::new);
        keep(many);
        assertThat(told(keep(many))).hasSize(230).allMatch(effect -> effect.startsWith("UNCHANGED"));

        keep(api("x".repeat(120), "1.0", OPENAPI), api("x".repeat(121), "1.0", OPENAPI));
        assertThat(manager.entries.keySet()).hasSize(2).allMatch(key -> key.length() == 100);
    }

    @Test
    void aRefusalSaysWhatToDo() {
        assertThatThrownBy(() -> catalog(true, "admin:wrong").keep(place(), List.of()))
                .hasMessageContaining("API Manager does not know our login")
                .hasMessageContaining("APIM");
        manager.mayWrite = false;
        assertThat(keep(api("Hello", "1.0.0", OPENAPI)).failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.sentence()).contains("service_catalog:service_write"));
        manager.mayWrite = true;
        assertThat(keep(api("Hello", "1.0.0", "nothing")).failures())
                .singleElement()
                .satisfies(failure ->
                        assertThat(failure.sentence()).contains("invalid service definition", "api-definitions"));
        manager.close();
        assertThatThrownBy(() -> keep()).isInstanceOfSatisfying(FailureException.class, e -> assertThat(
                        e.failure().kind())
                .isEqualTo(FailureKind.EXTERNAL));
    }
}
