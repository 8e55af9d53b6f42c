package io.imaas.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.failure.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcrossTenantsTest {
    private static final String PAYMENTS_GITOPS = "git@github.com:acme/imaas-payments.git";

    private static List<Problem> problems(Acme acme) {
        return CatalogReader.read(acme.files()).problems();
    }

    private static String tenant(String name, String... environments) {
        return "tenant: " + name + "\nowners: ['@a']\ncontact: a@b.org\ngitops: /git/" + name + ".git\nenvironments:\n"
                + String.join(
                        "",
                        List.of(environments).stream()
                                .map(e -> "  - name: " + e + "\n")
                                .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://github.com/acme/imaas-orders.git",
                "https://github.com/acme/imaas-orders",
                "https://github.com/Acme/IMaaS-Orders/",
                "https://jane@github.com/acme/imaas-orders.git",
                "git@github.com:acme/imaas-orders.git",
                "ssh://git@github.com/acme/imaas-orders",
                "ssh://git@github.com:22/acme/imaas-orders"
            })
    void oneGitOpsRepositoryCannotServeTwoTenantsHoweverItsAddressIsWritten(String url) {
        assertThat(problems(new Acme().edit(Acme.PAYMENTS, PAYMENTS_GITOPS, url)))
                .singleElement()
                .satisfies(p -> {
                    assertThat(p.rule()).isEqualTo("shared-gitops");
                    assertThat(p.where()).hasToString("tenants/payments.yaml:4:9");
                    assertThat(p.what()).contains("'orders'").contains("tenants/orders.yaml:6:9");
                });
    }

    @Test
    void aRepositoryOnAServerThatIsNotSpokenToIsAnErrorWhereItIsWritten() {
        Acme acme = new Acme().append(Acme.PLATFORM, "gitHosts: [github.com]\n");
        assertThat(problems(acme)).isEmpty();
        assertThat(problems(acme.edit(Acme.PAYMENTS, PAYMENTS_GITOPS, "https://evil.example/a/b.git")))
                .singleElement()
                .satisfies(p -> {
                    assertThat(p.rule()).isEqualTo("foreign-git-host");
                    assertThat(p.where()).hasToString("tenants/payments.yaml:4:9");
                    assertThat(p.what()).contains("not among those", "github.com");
                    assertThat(p.fix()).contains("add 'evil.example' to 'gitHosts'");
                });
        assertThat(problems(new Acme()
                        .append(Acme.PLATFORM, "gitHosts: [github.com]\n")
                        .edit(Acme.PAYMENTS, PAYMENTS_GITOPS, "http://github.com/a/b.git")))
                .singleElement()
                .extracting(Problem::fix)
                .asString()
                .as("the host is named there already")
                .startsWith("write https://github.com/a/b; ");
    }

    @Test
    void repositoriesOnDiskDifferByCase() {
        Acme acme = new Acme()
                .edit(Acme.ORDERS, "https://github.com/acme/imaas-orders.git", "file:///srv/git/Orders.git")
                .edit(Acme.PAYMENTS, PAYMENTS_GITOPS, "file:///srv/git/orders.git");

        assertThat(problems(acme)).isEmpty();
    }

    @Test
    void twoTenantsCannotBuildFromOneRepository() {
        Acme acme = new Acme()
                .append(
                        Acme.PAYMENTS,
                        "services:\n  - {name: pay, type: step, repository: \"git@github.com:acme/order-api\"}\n");

        assertThat(problems(acme)).singleElement().satisfies(p -> {
            assertThat(p.rule()).isEqualTo("shared-source");
            assertThat(p.where()).hasToString("tenants/payments.yaml:6:41");
        });
    }

    @Test
    void servicesOfOneTenantMayShareARepository() {
        assertThat(problems(new Acme().edit(Acme.ORDERS, "acme/order-sync.git", "acme/order-api.git")))
                .isEmpty();
    }

    @Test
    void aGitOpsRepositoryIsNoSourceRepository() {
        assertThat(problems(new Acme().edit(Acme.ORDERS, "https://github.com/acme/order-sync.git", PAYMENTS_GITOPS)))
                .extracting(Problem::rule)
                .containsExactly("source-is-gitops");
    }

    @Test
    void twoTenantsCannotMeetInOneNamespace() {
        Acme acme = new Acme()
                .with("tenants/a-b.yaml", tenant("a-b", "c"))
                .with("tenants/a.yaml", tenant("a", "dev", "b-c"));

        assertThat(problems(acme)).singleElement().satisfies(p -> {
            assertThat(p.rule()).isEqualTo("name-collision");
            assertThat(p.where()).hasToString("tenants/a.yaml:7:11");
            assertThat(p.what()).contains("'a-b-c'").contains("tenants/a-b.yaml:6:11");
        });
    }

    @Test
    void twoApplicationsCannotHaveOneName() {
        String service = "services:\n  - {name: %s, type: step, repository: /git/src-%s.git, environments: [%s]}\n";
        Acme acme =
                new Acme().with("tenants/a.yaml", tenant("a", "dev", "dev-x") + service.formatted("x-y", "1", "dev"));
        acme.append("tenants/a.yaml", "  - {name: y, type: step, repository: /git/src-2.git}\n");

        assertThat(problems(acme)).extracting(Problem::rule).containsExactly("name-collision");
    }

    @Test
    void kubernetesOwnNamespacesAreKept() {
        assertThat(problems(new Acme().with("tenants/kube.yaml", tenant("kube", "system"))))
                .extracting(Problem::rule)
                .containsExactly("reserved-namespace");
    }

    @Test
    void aQuotaMustBeGivenSomewhere() {
        Acme acme = new Acme().edit(Acme.PLATFORM, ", pods: 20", "");

        assertThat(problems(acme)).singleElement().satisfies(p -> {
            assertThat(p.rule()).isEqualTo("missing-quota");
            assertThat(p.where()).hasToString("tenants/payments.yaml:1:1");
        });
        assertThat(problems(acme.edit(Acme.PLATFORM, "cpu: 4, ", "")))
                .as("all that is missing at once")
                .singleElement()
                .extracting(Problem::what)
                .asString()
                .endsWith("give cpu, pods");
    }

    @Test
    void aMissingPlatformFileIsSaidAndTheTenantsAreCheckedAllTheSame() {
        Acme acme = new Acme().without(Acme.PLATFORM).edit(Acme.ORDERS, "type: gateway", "type: gatway");

        assertThat(problems(acme)).extracting(Problem::rule).containsExactly("missing-file", "unknown-word");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tenants/stock.yml", "tenant/stock.yaml", "Tenants/stock.yaml", "tenants/old/stock.yaml"})
    void aTenantFileInTheWrongPlaceIsNotSilentlyForgotten(String path) {
        assertThat(problems(new Acme().with(path, tenant("stock", "dev"))))
                .singleElement()
                .satisfies(p -> {
                    assertThat(p.rule()).isEqualTo("misplaced-file");
                    assertThat(p.fix()).isEqualTo("rename it to tenants/stock.yaml");
                });
    }

    @Test
    void aPasswordInAnAddressIsReportedAndNeverRepeated() {
        Acme acme = new Acme().edit(Acme.PAYMENTS, PAYMENTS_GITOPS, "https://bot:hunter2@github.com/acme/pay.git");

        List<Problem> problems = problems(acme);
        assertThat(problems).extracting(Problem::rule).contains("secret-in-file");
        assertThat(problems.toString()).doesNotContain("hunter2");
    }

    @Test
    void aTokenIsNeverRepeatedWhateverElseIsWrongThere() {
        String token = "github_pat_" + "0aB".repeat(12);
        Acme acme = new Acme()
                .edit(Acme.ORDERS, "type: gateway", "type: " + token)
                .edit(Acme.ORDERS, "replicas: 3 ", token + ": 3 ");

        List<Problem> problems = problems(acme);
        assertThat(problems).hasSize(3);
        assertThat(problems.toString()).doesNotContain(token);
    }
}
