package io.imaas.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.model.failure.FailureException;
import io.imaas.model.tenancy.BrokenTenant;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A platform that is read again and again while some of its tenants' files are broken. */
class LastGoodTest {
    private static final String BROKEN = "tenant: a\nowners: [\"@ann\"\n";

    private final KnownFiles known = new KnownFiles();
    private final LastGood good = new LastGood(broken -> {});
    private final Map<String, String> files =
            new HashMap<>(Map.of("platform.yaml", "platform: acme\nregistries: [registry.example.org/acme]\n"));

    LastGoodTest() {
        tenant("a", 10, "a");
        tenant("b", 10, "b");
    }

    private void tenant(String name, int pods, String gitops) {
        files.put(
                "tenants/" + name + ".yaml",
                "tenant: " + name + "\nowners: ['@acme/x']\ncontact: a@example.org\ngitops: https://git.example.org/"
                        + gitops + ".git\nenvironments: [{name: dev}]\nquota: {cpu: 4, memory: 8Gi, pods: " + pods
                        + "}\n");
    }

    private Catalog read() {
        return good.of(CatalogReader.read(files, known), files, known);
    }

    private static Optional<Tenant> tenant(Catalog catalog, String name) {
        return catalog.tenant(new TenantName(name));
    }

    @Test
    void aBrokenTenantIsServedAsBeforeAndTheOthersAsTheyAreNow() {
        Catalog first = read();
        files.put("tenants/a.yaml", BROKEN);
        tenant("b", 20, "b");
        for (int i = 0; i < 2; i++) {
            Catalog now = read();
            assertThat(tenant(now, "a")).isEqualTo(tenant(first, "a"));
            assertThat(tenant(now, "b")).isPresent().isNotEqualTo(tenant(first, "b"));
            assertThat(now.broken()).singleElement().satisfies(one -> {
                assertThat(one.kept()).isTrue();
                assertThat(one.sentence()).startsWith("tenant a is served as its files said before: tenants/a.yaml:2");
            });
            tenant("c", 10, "c");
        }
        tenant("a", 30, "a");
        assertThat(read().broken()).isEmpty();
        assertThat(tenant(read(), "a")).isPresent().isNotEqualTo(tenant(first, "a"));
    }

    @Test
    void aTenantThatWasNeverRightIsLeftOut() {
        files.put("tenants/a.yaml", BROKEN);
        Catalog now = read();
        assertThat(now.tenants()).extracting(tenant -> tenant.name().value()).containsExactly("b");
        assertThat(now.leftOut(new TenantName("a"))).isPresent();
        assertThat(now.broken().get(0).sentence()).startsWith("tenant a is left out: tenants/a.yaml:2");
    }

    @Test
    void whatABrokenTenantHadAndAnotherClaimsByNowIsTheOthers() {
        read();
        files.put("tenants/a.yaml", BROKEN);
        tenant("b", 10, "a");
        tenant("c", 10, "b");
        Catalog now = read();
        assertThat(now.tenants()).extracting(tenant -> tenant.name().value()).containsExactly("b", "c");
        assertThat(now.broken()).singleElement().matches(one -> !one.kept());

        tenant("b", 10, "b");
        tenant("c", 10, "c");
        assertThat(read().broken()).singleElement().matches(BrokenTenant::kept);
    }

    /** On the command line both are left out: nobody knows whose it is. Here it is known whose it was. */
    @Test
    void whoClaimsWhatAnotherHasTakesItFromNobody() {
        Catalog first = read();
        tenant("c", 10, "a");
        Catalog now = read();
        assertThat(tenant(now, "a")).isEqualTo(tenant(first, "a"));
        assertThat(tenant(now, "c")).isEmpty();

        tenant("c", 10, "c");
        Catalog second = read();
        tenant("c", 20, "a");
        assertThat(read().tenants()).isEqualTo(second.tenants());
        assertThat(read().broken()).extracting(BrokenTenant::name).containsExactly("a", "c");
    }

    @Test
    void aTenantThatIsGoneFromTheFilesIsGone() {
        read();
        files.put("tenants/b.yaml", BROKEN);
        files.remove("tenants/a.yaml");
        assertThat(read().tenants()).extracting(tenant -> tenant.name().value()).containsExactly("b");
        files.remove("tenants/b.yaml");
        assertThat(read().tenants()).isEmpty();
    }

    /** Under other rules of the platform the files of before may be forbidden. */
    @Test
    void whatThePlatformForbidsByNowIsNotServedAsBefore() {
        read();
        files.put("tenants/a.yaml", BROKEN);
        files.put("platform.yaml", files.get("platform.yaml") + "gitHosts: [other.example.org]\n");
        assertThat(read().tenants()).isEmpty();
        assertThat(read().broken()).hasSize(2).noneMatch(BrokenTenant::kept);
    }

    @Test
    void anErrorInAFileOfAllIsToldAndNothingIsForgotten() {
        Catalog first = read();
        String platform = files.put("platform.yaml", "platform: [\n");
        files.put("tenants/a.yaml", BROKEN);
        assertThatThrownBy(this::read).isInstanceOf(FailureException.class).hasMessageContaining("platform.yaml");
        files.put("platform.yaml", platform);
        assertThat(read().tenants()).isEqualTo(first.tenants());
    }

    /** A misplaced or renamed file is one that can't be read, not one that is gone. */
    @Test
    void aFileUnderAnotherNameIsBroken() {
        Catalog first = read();
        for (String path : List.of("tenants/a.yml", "tenant/a.yaml", "tenants/old/a.yaml", "Tenants/a.YAML")) {
            String text = files.remove("tenants/a.yaml");
            files.put(path, text);
            assertThat(read().tenants()).as(path).isEqualTo(first.tenants());
            assertThat(read().broken()).extracting(BrokenTenant::name).containsExactly("a");
            files.remove(path);
            files.put("tenants/a.yaml", text);
        }
    }
}
