package io.imaas.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenancyTest {
    private static final RepositoryUrl PLATFORM = new RepositoryUrl("https://git.acme.example/platform.git");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://github.com/acme/order-api.git",
                "https://github.com/acme/order-api",
                "https://github.com/acme/order-api/",
                "https://github.com/acme/order-api.git/",
                "https://github.com//acme/order-api.git",
                "https://GitHub.COM/acme/order-api.git",
                "HTTPS://github.com/acme/order-api.git",
                "https://github.com./acme/order-api.git",
                "https://github.com:443/acme/order-api.git",
                "https://github.com:/acme/order-api.git",
                "https://bot@github.com/acme/order-api.git",
                "https://github.com/acme/order%2dapi.git",
                "ssh://git@github.com/acme/order-api.git",
                "ssh://git@github.com:22/acme/order-api",
                "git+ssh://git@github.com/acme/order-api",
                "ssh://alice@github.com/acme/order-api.git",
                "git@github.com:acme/order-api.git",
                "git@github.com:/acme/order-api",
                "github.com:acme/order-api.git"
            })
    void everyWayToWriteARepositoryLeadsToItsTenant(String url) {
        Ownership owner = tenancy("https://github.com/acme/order-api.git").of(new RepositoryUrl(url));

        assertThat(owner).isInstanceOf(Ownership.Sources.class);
        assertThat(((Ownership.Sources) owner).tenant().name().value()).isEqualTo("orders");
        assertThat(((Ownership.Sources) owner).services())
                .extracting(service -> service.name().value())
                .containsExactly("order-api");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://github.com@evil.example/acme/order-api.git",
                "https://evil.example/github.com/acme/order-api.git",
                "https://evil.example/acme/order-api.git",
                "https://github.com.evil.example/acme/order-api.git",
                "https://github.com:8443/acme/order-api.git",
                "ssh://git@github.com:2222/acme/order-api.git",
                "git@github.com:22/acme/order-api.git",
                "alice@github.com:acme/order-api.git",
                "http://github.com/acme/order-api.git",
                "git://github.com/acme/order-api.git",
                "https://github.com/acme/order-api.git.git",
                "https://github.com/acme/order-api.gitx",
                "https://github.com/acme/order-api.",
                "https://github.com/acme/order-api/order-api",
                "https://github.com/order-api",
                "https://github.com/ACME/order-api.git",
                "https://github.com/acme/order-api.GIT",
                "https://github.com/acme/order-api.git@evil.example",
                "file:///github.com/acme/order-api.git",
                "/github.com/acme/order-api.git"
            })
    void whatOnlyLooksLikeItBelongsToNobody(String url) {
        assertThat(tenancy("https://github.com/acme/order-api.git").find(new RepositoryUrl(url)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://github.com/acme/../acme/order-api.git",
                "https://github.com/acme/./order-api.git",
                "https://github.com/evil/..%2facme/order-api.git",
                "https://github.com/evil/%2e%2e/acme/order-api.git",
                "https://github.com/acme%2Forder-api.git",
                "https://github.com/acme/order-api%00.git",
                "https://github.com/acme/order-api%",
                "https://github.com/acme/order%ff",
                "https://github.com/acme/order-api.git?x=y",
                "https://github.com/acme/order-api.git#x",
                "https://evil.example\\@github.com/acme/order-api.git",
                "https://evil.example@x@github.com/acme/order-api.git",
                "https://github.com:443:443/acme/order-api.git",
                "https://github.com:99999/acme/order-api.git",
                "https://github.com:0/acme/order-api.git",
                "https://github.com../acme/order-api.git",
                "https://.github.com/acme/order-api.git",
                "https:///acme/order-api.git",
                "https://github.com/",
                "https://github.com/.git",
                "https://github.com/acme/.git",
                "https://gıthub.com/acme/order-api.git",
                "https://github.com/acme/ order-api.git",
                "ssh://-oProxyCommand=x/acme/order-api.git",
                "-oProxyCommand=x:acme/order-api.git",
                "ext::sh -c x",
                "ext::x",
                "git@github.com:../acme/order-api.git",
                "git@github.com:",
                "ftp://github.com/acme/order-api.git",
                "file://evil.example/acme/order-api.git",
                "order-api.git",
                "../order-api.git",
                "/srv/git/../order-api.git"
            })
    void whatCanBeReadInTwoWaysIsRefused(String url) {
        assertThatThrownBy(
                        () -> tenancy("https://github.com/acme/order-api.git").find(new RepositoryUrl(url)))
                .isInstanceOf(FailureException.class)
                .satisfies(e -> assertThat(kind(e)).isEqualTo(FailureKind.INPUT));
    }

    @Test
    void aRefusalNeverShowsAPassword() {
        assertThatThrownBy(() -> tenancy("https://github.com/acme/order-api.git")
                        .find(new RepositoryUrl("HTTPS://bot:geheim@github.com/acme/order-api.git")))
                .isInstanceOf(FailureException.class)
                .hasMessageNotContaining("geheim");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/srv/git/order-api.git",
                "/srv/git/order-api",
                "/srv/git//order-api.git/",
                "file:///srv/git/order-api.git",
                "file://localhost/srv/git/order-api.git",
                "/srv/git/order-api/.git"
            })
    void aFolderAndItsFileUrlAreTheSame(String url) {
        assertThat(tenancy("file:///srv/git/order-api.git").find(new RepositoryUrl(url)))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://github.com/acme/order-api.git",
                "git@github.com:Acme/Order-API",
                "ssh://git@github.com:2222/acme/order-api",
                "http://GITHUB.com./acme/order-api"
            })
    void twoTenantsNeverShareARepository(String twin) {
        Tenancy tenancy = new Tenancy(shared("https://github.com/acme/order-api.git", twin), Optional.of(PLATFORM));

        assertThatThrownBy(() -> tenancy.of(new RepositoryUrl("https://github.com/acme/order-api.git")))
                .satisfies(e -> assertThat(kind(e)).isEqualTo(FailureKind.POLICY))
                .hasMessageContaining("orders")
                .hasMessageContaining("payments");
        assertThatThrownBy(() -> tenancy.of(new RepositoryUrl(twin)))
                .satisfies(e -> assertThat(kind(e)).isEqualTo(FailureKind.POLICY));
        assertThat(tenancy.of(new RepositoryUrl("https://github.com/acme/payments-gitops.git")))
                .as("others go on")
                .isInstanceOf(Ownership.GitOps.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://github.com/acme/orders-gitops.git",
                "git@github.com:acme/orders-gitops",
                "git@git.acme.example:platform"
            })
    void sourcesAreNeitherDesiredStateNorMetadata(String url) {
        Tenancy tenancy = new Tenancy(shared("https://github.com/acme/order-api.git", url), Optional.of(PLATFORM));

        assertThatThrownBy(() -> tenancy.of(new RepositoryUrl(url)))
                .satisfies(e -> assertThat(kind(e)).isEqualTo(FailureKind.POLICY));
    }

    @Test
    void thePlatformsOwnRepositoryIsKnown() {
        assertThat(tenancy("https://github.com/acme/order-api.git")
                        .of(new RepositoryUrl("ssh://git@git.acme.example/platform")))
                .isInstanceOf(Ownership.Metadata.class);
    }

    @Test
    void anUnknownRepositoryIsToldWhereToAddIt() {
        Tenancy tenancy = tenancy("https://github.com/acme/order-api.git");

        assertThatThrownBy(() -> tenancy.of(new RepositoryUrl("https://github.com/acme/other.git")))
                .hasMessageContaining("tenants/<tenant>.yaml");
        assertThatThrownBy(() -> tenancy.of(new RepositoryUrl("https://github.com/Acme/order-api.git")))
                .hasMessageContaining("the catalog writes it https://github.com/acme/order-api.git");
    }

    private static Tenancy tenancy(String source) {
        return new Tenancy(Metadata.catalog("orders", source), Optional.of(PLATFORM));
    }

    /** What the catalog's reader would refuse: the tenancy does not rest on it. */
    private static Catalog shared(String first, String second) {
        Catalog orders = Metadata.catalog("orders", first);
        List<Tenant> tenants = new ArrayList<>(orders.tenants());
        tenants.addAll(Metadata.catalog("payments", second).tenants());
        return new Catalog(orders.platform(), tenants);
    }

    private static FailureKind kind(Throwable failure) {
        return ((FailureException) failure).failure().kind();
    }
}
