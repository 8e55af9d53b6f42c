package io.imaas.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.model.failure.Problem;
import io.imaas.model.tenancy.ApprovalPolicy;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.EnvironmentName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApprovalFieldsTest {
    private static Catalog catalog(String policy, String environment) {
        return CatalogReader.read(Map.of(
                        "platform.yaml",
                        "platform: acme\nregistries: [registry.example.org/acme]\npolicy: {" + policy + "}\n"
                                + "defaults: {quota: {cpu: 8, memory: 16Gi, pods: 20}}\n",
                        "tenants/orders.yaml",
                        "tenant: orders\nowners: [\"@acme/leads\"]\ncontact: a@example.org\n"
                                + "gitops: https://git.example.org/orders.git\nenvironments: [{name: dev}, {name: test, "
                                + environment + "}]\nservices: []\n"))
                .orThrow();
    }

    private static ApprovalPolicy policy(String platform, String environment) {
        return catalog(platform, environment)
                .tenants()
                .get(0)
                .environment(new EnvironmentName("test"))
                .orElseThrow()
                .approvals();
    }

    @Test
    void everythingThatIsSaidIsRead() {
        assertThat(
                        policy(
                                "",
                                "approvals: {required: 2, from: [\"@a/b\"], requesterMayNot: true, authorsMayNot: true, provenOnly: true, expire: 24h}"))
                .isEqualTo(new ApprovalPolicy(2, List.of("@a/b"), true, true, true, Duration.ofHours(24)));
        assertThat(policy("", "approvers: [\"@ann\"]")).isEqualTo(ApprovalPolicy.oneOf(List.of("@ann")));
        assertThat(policy("", "soak: 1h").asksNobody()).isTrue();
    }

    @Test
    void thePlatformsMinimumHoldsWhereverSomebodyIsAsked() {
        String minimum = "approvals: {required: 2, requesterMayNot: true, authorsMayNot: true}";
        assertThat(policy(minimum, "approvers: [\"@a/b\"]"))
                .isEqualTo(new ApprovalPolicy(2, List.of("@a/b"), true, true, false, Duration.ZERO));
        assertThat(policy(minimum, "approvals: {required: 1, from: [\"@a/b\"]}").required())
                .isEqualTo(2);
        assertThat(policy(minimum, "soak: 1h").asksNobody()).isTrue();
    }

    @Test
    void wherePlatformWantsAYesATenantThatNamesNobodyIsAskedByItsOwners() {
        String minimum = "approvals: {environments: [test], requesterMayNot: true, expire: 12h}";
        ApprovalPolicy owners = new ApprovalPolicy(1, List.of("@acme/leads"), true, false, false, Duration.ofHours(12));
        assertThat(policy(minimum, "soak: 1h")).isEqualTo(owners);
        assertThat(policy(minimum, "approvers: [\"@a/b\"]").from()).containsExactly("@a/b");
        assertThat(policy(minimum, "approvals: {from: [\"@a/b\"], expire: 2d}").expire())
                .isEqualTo(Duration.ofHours(12));
        assertThat(catalog(minimum, "soak: 1h")
                        .tenants()
                        .get(0)
                        .environment(new EnvironmentName("dev"))
                        .orElseThrow()
                        .approvals()
                        .asksNobody())
                .isTrue();
    }

    @Test
    void whatCanNeverBeMetOrIsSaidTwiceIsAnError() {
        assertThatThrownBy(() -> policy("", "approvals: {required: 2, from: [\"@ann\"]}"))
                .hasMessageContaining("2 people must say yes, and 'from' names 1");
        assertThatThrownBy(() -> policy("", "approvers: [\"@ann\"], approvals: {from: [\"@bob\"]}"))
                .hasMessageContaining("both say who is asked");
        assertThatThrownBy(() -> policy("", "approvals: {required: 2}")).hasMessageContaining("from");
        assertThatThrownBy(() -> policy("", "approvals: {from: [\"@ann\"], expire: tomorrow}"))
                .hasMessageContaining("expire");
    }

    @Test
    void nobodyIsTwoPeopleNorAMachineAsWell() {
        String one = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJHDCPU+OW6DjUSYWhk9QRzrS/fhzjGNxFKgiAHeltvL";
        String people = "people: [{name: \"@ann\", aliases: [Ann, a@example.org], keys: [\"" + one
                + "\"]}, {name: \"@bob\", aliases: [\"A@example.org \"], keys: [\"" + one + " bob\"]}]\n";
        assertThat(CatalogReader.read(Map.of(
                                "platform.yaml", "platform: acme\nregistries: [registry.example.org/acme]\n" + people))
                        .problems())
                .extracting(problem -> problem.rule() + " " + problem.what().replaceAll("id '.*?'", "id"))
                .containsExactly(
                        "duplicate-person the name 'a@example.org' is there twice; the first is in line 3",
                        "duplicate-person the key with the id is there twice; the first is in line 3");
        for (String machine : List.of(
                "orchestrators: [{name: a, key: \"%s\"}]\n",
                "policy: {images: {signedBy: [{name: a, key: \"%s\"}]}}\n",
                "policy: {images: {vulnerabilities: {scanners: [{name: a, key: \"%s\"}]}}}\n")) {
            for (String person :
                    List.of("keys: [\"%s ann\"]", "replacedKeys: [{key: \"%s\", validTo: 2026-01-01T00:00:00Z}]")) {
                assertThat(rules(
                                machine.formatted(one) + "people: [{name: \"@ann\", " + person.formatted(one) + "}]\n"))
                        .containsExactly("duplicate-person");
            }
            String twice = machine.replaceFirst("(\\{name: a, .*?\\})", "$1, $1");
            assertThat(rules(twice.formatted(one, one))).containsExactly("duplicate-key");
        }
    }

    private static List<String> rules(String more) {
        return CatalogReader.read(
                        Map.of("platform.yaml", "platform: acme\nregistries: [registry.example.org/acme]\n" + more))
                .problems()
                .stream()
                .map(Problem::rule)
                .toList();
    }
}
