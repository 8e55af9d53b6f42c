package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.system.SystemClock;
import io.imaas.cli.settings.Settings;
import io.imaas.dev.local.LocalCluster;
import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.kubernetes.OwnLabels;
import io.imaas.testing.FastClock;
import io.imaas.testing.Git;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A platform's tenant on a folder that stands for a cluster, with real Git and a real registry. */
class OnboardCommandTest extends OnboardWorld {
    @Test
    void aDryRunTellsWhatWouldBeMadeAndMakesNothing() throws IOException {
        CommandLineRun run =
                onboard("--dry-run", "--jobs-dir", folder.resolve("jobs").toString());

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out())
                .contains("create    Namespace orders-dev")
                .contains("create    ResourceQuota orders-dev/tenant")
                .contains("create    GitOps branch dev")
                .contains("create    Jenkins job orders/api")
                .doesNotContain("to update");
        assertThat(git.run("branch", "--list")).isEmpty();
        assertThat(folder.resolve("jobs")).doesNotExist();
        assertThat(objects()).isZero();
    }

    @Test
    void whatIsOnboardedOnceIsUnchangedAfterwards() {
        assertThat(onboard().exitCode()).isZero();
        assertThat(git.run("branch", "--list")).contains("dev", "test", "prod");

        CommandLineRun dry = onboard("--dry-run", "--detailed-exitcode");
        assertThat(dry.out())
                .contains("Onboard orders: nothing to change\n")
                .endsWith("Plan: 0 to create, 0 to change, 0 to delete\n")
                .doesNotContain("Namespace orders-dev");
        assertThat(dry.exitCode()).isEqualTo(4);
        assertThat(onboard("--detailed-exitcode").exitCode()).isEqualTo(4);
    }

    @Test
    void aTenantWhoseGitServerIsOutHoldsNobodyElseUp() throws IOException {
        String orders = Files.readString(folder.resolve("platform/tenants/orders.yaml"));
        for (String name : List.of("archive", "returns")) {
            write(
                    "platform/tenants/" + name + ".yaml",
                    orders.replace("tenant: orders", "tenant: " + name)
                            .replaceFirst("gitops: .*", "gitops: ssh://git@nowhere.invalid/" + name + ".git")
                            .replace("/api.git", "/" + name + ".git"));
        }
        CommandLineRun run = onboard();

        assertThat(run.exitCode()).isEqualTo(6);
        assertThat(run.out()).contains("Onboard archive", "Onboard orders", "Onboard returns", "3 tenants: ");
        assertThat(run.err())
                .contains("ssh://git@nowhere.invalid/archive.git: ", "ssh://git@nowhere.invalid/returns.git: ");
        assertThat(git.run("branch", "--list")).contains("dev", "test", "prod");
        assertThat(onboard("--dry-run", "--format", "json").out())
                .containsPattern("\"archive\",\\s*\"status\" : \"failed\"");
        assertThat(run("audit").out()).contains("ssh://git@nowhere.invalid/archive.git");
    }

    @Test
    void aChangedQuotaIsToldAsTheOneUpdateThatItIs() throws IOException {
        onboard();
        tenant(7);
        CommandLineRun dry = onboard("--dry-run");

        assertThat(dry.out())
                .contains(
                        "update    ResourceQuota orders-dev/tenant\n            ~ spec.hard.pods: 4 -> 7\n",
                        "Plan: 0 to create, 3 to change, 0 to delete")
                .doesNotContain("3 to update")
                .contains("note: no jobs");
        assertThat(onboard().out()).contains("0 created, 3 updated");
    }

    @Test
    void aFolderOfPoliciesThatWasEmptiedTakesTheClustersFenceAwayToo() throws IOException {
        String policies = Files.readString(Path.of("test/fixtures/policies/no-shouting.yaml"));
        write("platform/policies/greeting.yaml", policies);
        onboard();
        assertThat(names("cluster")).anyMatch(name -> name.contains("ValidatingAdmissionPolicyBinding"));

        Files.delete(folder.resolve("platform/policies/greeting.yaml"));
        CommandLineRun dry = onboard("--dry-run");
        CommandLineRun run = onboard();

        assertThat(dry.out()).contains("DELETE    ValidatingAdmissionPolicy ");
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(names("cluster")).noneMatch(name -> name.contains("ValidatingAdmissionPolicy"));
        assertThat(onboard("--detailed-exitcode").exitCode()).isEqualTo(4);
    }

    @Test
    void whatLiesBetweenTwoRevisionsIsToldFieldByFieldForThePullRequest() throws IOException {
        Git platform = Git.in(folder.resolve("platform"));
        platform.run("init", "-q", "-b", "main");
        commit(platform, "first");
        tenant(7);
        CommandLineRun run = CommandLineRun.of(
                "onboard",
                "--dry-run",
                "--base",
                "main",
                "--platform",
                folder.resolve("platform").toString(),
                "--cache",
                folder.resolve("cache").toString());

        assertThat(run.out())
                .as(run.err())
                .contains(
                        "Onboard orders: 0 to create, 3 to update",
                        "- update ResourceQuota orders-dev/tenant\n  - spec.hard.pods: 4 -&gt; 7\n");
        assertThat(run.exitCode()).isZero();

        Files.writeString(folder.resolve("platform/tenants/orders.yaml"), "tenant: [");
        commit(platform, "broken");
        tenant(7);
        Settings inTheCheckout = Settings.of(
                Map.of(
                        "IMAAS_PLATFORM",
                        "/nowhere",
                        "IMAAS_CACHE",
                        folder.resolve("cache").toString()),
                folder,
                folder.resolve("platform"));
        CommandLineRun repair = CommandLineRun.of(inTheCheckout, "onboard", "--dry-run", "--base", "main");
        assertThat(repair.out()).as(repair.err()).contains("Onboard orders: ", "- create Namespace orders-dev");
        assertThat(repair.exitCode()).isZero();
    }

    @Test
    void anAuditTellsTheGravestFirstAndRepairsWhatItMay() throws IOException {
        onboard();
        assertThat(run("audit").exitCode()).isZero();
        LocalCluster cluster = new LocalCluster(folder.resolve("cluster"), new SystemClock());
        OwnLabels orders = new OwnLabels(Map.of("imaas.io/tenant", "orders"));
        cluster.delete("v1", "ConfigMap", "orders-dev", "dashboard", orders);
        cluster.delete("networking.k8s.io/v1", "NetworkPolicy", "orders-test", "default-deny", orders);

        CommandLineRun found = run("audit");
        assertThat(found.exitCode()).isEqualTo(1);
        assertThat(found.out().lines())
                .containsExactly(
                        "high  NetworkPolicy orders-test/default-deny: is missing (imaas audit orders --repair)",
                        "medium  ConfigMap orders-dev/dashboard: is missing (imaas audit orders --repair)",
                        "2 findings");
        assertThat(run("audit", "--format", "json").out()).contains("\"severity\" : \"HIGH\"");

        cluster.apply(List.of(new Manifest(
                "v1",
                "Namespace",
                "",
                "gone-dev",
                "apiVersion: v1\nkind: Namespace\nmetadata: {name: gone-dev, labels: {imaas.io/platform: acme}}\n")));
        assertThat(run("audit").out())
                .contains("medium  Namespace gone-dev: no file of the platform names it any more", "3 findings");
        cluster.delete("v1", "Namespace", "", "gone-dev", new OwnLabels(Map.of("imaas.io/platform", "acme")));

        CommandLineRun repaired = run("audit", "--repair");
        assertThat(repaired.out())
                .contains(
                        "corrected  NetworkPolicy orders-test/default-deny\n",
                        "Everything is as the platform's files say.");
        assertThat(repaired.exitCode()).isZero();
        assertThat(cluster.get("networking.k8s.io/v1", "NetworkPolicy", "orders-test", "default-deny"))
                .isPresent();
    }

    @Test
    void whatTheFilesNameNoMoreIsToldByValidateThePlanAndTheStatusAndRunsOn() throws IOException {
        onboard();
        Git platform = Git.in(folder.resolve("platform"));
        platform.run("init", "-q", "-b", "main");
        commit(platform, "first");
        Path orders = folder.resolve("platform/tenants/orders.yaml");
        String text = Files.readString(orders);
        Files.writeString(orders, text + "environments: [{name: dev}, {name: test}]\n");
        String cache = folder.resolve("cache").toString();
        String warning = "warning: environment prod of tenant orders is removed from the files without 'offboarding'";

        assertThat(CommandLineRun.of(
                                "validate", folder.resolve("platform").toString(), "--base", "main", "--cache", cache)
                        .out())
                .contains(warning, "1 warning");
        String orphan = "Namespace orders-prod: warning: no file of the platform names it any more";
        assertThat(onboard("--dry-run").out()).contains(orphan);
        assertThat(onboard().out()).contains(orphan);
        assertThat(onboard("--dry-run", "--format", "json").out()).contains("\"rule\" : \"orphan\"");
        assertThat(onboard("orders", "--dry-run").out()).doesNotContain("orphan", "orders-prod");
        assertThat(new LocalCluster(folder.resolve("cluster"), new SystemClock())
                        .get("v1", "Namespace", "", "orders-prod"))
                .isPresent();

        commit(platform, "no prod");
        assertThat(status("orders").err()).contains(warning, " by ann)");
        platform.run("rm", "-q", "tenants/orders.yaml");
        commit(platform, "no orders");
        assertThat(status("orders").err())
                .contains("warning: tenant orders is removed from the files without", "no tenant 'orders'");
        assertThat(onboard("--dry-run").out()).contains("Namespace orders-dev: warning: no file of the platform");
    }

    private CommandLineRun status(String tenant) {
        return CommandLineRun.of(
                "status",
                "--platform",
                folder.resolve("platform").toString(),
                "--tenant",
                tenant,
                "--cache",
                folder.resolve("cache").toString());
    }

    private static void commit(Git repository, String subject) {
        repository.run("add", ".");
        repository.run("-c", "user.name=ann", "-c", "user.email=a@example.org", "commit", "-qm", subject);
    }

    @Test
    void jsonTellsEveryResource() {
        CommandLineRun run = onboard("--dry-run", "--format", "json");

        assertThat(run.out())
                .contains("\"dryRun\" : true", "\"tenant\" : \"orders\"", "\"kind\" : \"CREATED\"", "orders-prod");
    }

    @Test
    void aRegistryThatIsGoneIsNotTheUsersFault() {
        registry.close();
        clock = new FastClock();
        CommandLineRun run = onboard("--dry-run");

        assertThat(run.exitCode()).isEqualTo(6);
        assertThat(run.err()).contains(registry.address());
        assertThat(run.out()).contains("not finished");
    }

    @Test
    void theRegistryIsAskedForATenantThatIsNewAndNotAgain() {
        assertThat(onboard().exitCode()).isZero();
        registry.close();
        assertThat(onboard("--detailed-exitcode").exitCode()).isEqualTo(4);
    }

    @Test
    void anUnknownTenantAndAMissingClusterAreTheUsersMistakes() {
        assertThat(onboard("nobody").err()).contains("no tenant 'nobody'", "orders");
        assertThat(CommandLineRun.of(
                                "onboard",
                                "--platform",
                                folder.resolve("platform").toString())
                        .exitCode())
                .isEqualTo(2);
    }
}
