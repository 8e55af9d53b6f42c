package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.testing.Git;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One tenant's file has an error: the others are served, and nothing is done for that tenant. */
class BrokenTenantTest extends OnboardWorld {
    private static final String WHERE = "tenants/billing.yaml:2";

    @BeforeEach
    void theFileOfAnotherTenantIsBroken() throws IOException {
        write("platform/tenants/billing.yaml", "tenant: billing\nowners: [\"@ann\"\n");
    }

    @Test
    void theOthersAreOnboardedAndTheBrokenFileIsNamed() {
        CommandLineRun run = onboard();
        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(3);
        assertThat(run.out()).contains("Onboard billing: its files have errors, nothing is done");
        assertThat(run.err()).contains("input: " + WHERE, "  try: ");
        assertThat(git.run("branch", "--list")).contains("dev", "test", "prod");

        CommandLineRun json = onboard("billing", "--dry-run", "-o", "json");
        assertThat(json.exitCode()).isEqualTo(3);
        assertThat(json.out())
                .containsPattern("\"billing\",\\s*\"status\" : \"failed\"")
                .contains(WHERE);
        assertThat(onboard("biling", "--dry-run").err()).contains("the platform has no tenant 'biling'");
        assertThat(run("audit").out()).contains(WHERE).doesNotContain("orders-dev");
    }

    @Test
    void statusHistoryAndInboxGoOnWithTheOthers() throws IOException {
        tenantsGitOps();
        CommandLineRun status = read("status", "--tenant", "orders");
        assertThat(status.exitCode()).as(status.err()).isZero();
        assertThat(status.out()).contains("api", "1.0.0");
        assertThat(read("history", "api", "--tenant", "orders").out()).contains("1.0.0");

        CommandLineRun inbox = read("inbox");
        assertThat(inbox.exitCode()).isEqualTo(3);
        assertThat(inbox.out()).contains("orders/api test");
        assertThat(inbox.err()).contains("note: tenant billing is left out: " + WHERE);
    }

    @Test
    void thePlanOfTheBrokenTenantIsRefusedAndNoOtherIsTakenForIt() throws IOException {
        tenantsGitOps();
        CommandLineRun named = read("promote", "api", "dev", "test", "--tenant", "billing", "--dry-run");
        assertThat(named.exitCode()).isEqualTo(3);
        assertThat(named.err()).contains("input: " + WHERE);

        CommandLineRun unnamed = read("promote", "api", "dev", "test", "--dry-run");
        assertThat(unnamed.exitCode()).isEqualTo(3);
        assertThat(unnamed.err()).contains("the platform has 2 tenants, and none is named: orders, billing", WHERE);
    }

    @Test
    void twoTenantsThatClaimOneRepositoryAreBothLeftOut() throws IOException {
        String orders = Files.readString(folder.resolve("platform/tenants/orders.yaml"));
        write("platform/tenants/billing.yaml", orders.replace("tenant: orders", "tenant: billing"));
        CommandLineRun run = onboard();
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.out()).contains("Onboard billing: its files", "Onboard orders: its files");
        assertThat(git.run("branch", "--list")).isEmpty();
    }

    @Test
    void whatTheBrokenTenantHasIsNoOrphanAndItsNeighboursMayStillCallIt() throws IOException {
        String orders = Files.readString(folder.resolve("platform/tenants/orders.yaml"));
        write(
                "platform/tenants/billing.yaml",
                orders.replace("tenant: orders", "tenant: billing")
                                .replace("orders-gitops.git", "billing-gitops.git")
                                .replace("/api.git", "/bills.git")
                        + "network: {allowFrom: [orders]}\n");
        Git.in(folder).run("init", "-q", "--bare", "billing-gitops.git");
        assertThat(onboard().exitCode()).isZero();
        List<String> before = names("cluster");

        write("platform/tenants/billing.yaml", "tenant: billing\nowners: [\"@ann\"\n");
        CommandLineRun run = onboard();
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.out()).doesNotContain("orphan", "NetworkPolicy");
        assertThat(names("cluster")).isEqualTo(before);
        assertThat(before.stream().filter(name -> name.contains("allow-to-tenants")))
                .isNotEmpty();
    }

    @Test
    void anErrorInAFileOfAllTenantsStopsAll() throws IOException {
        write("platform/platform.yaml", "platform: acme\nregistries: [\n");
        CommandLineRun run = onboard();
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("platform.yaml:");
        assertThat(objects()).isZero();
    }

    private void tenantsGitOps() {
        CommandLineRun run = CommandLineRun.onGitOps(
                folder,
                "release",
                "api",
                "dev",
                "--image",
                registry.address() + "/acme/orders/api@sha256:" + "1".repeat(64),
                "--version",
                "1.0.0");
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    private CommandLineRun read(String command, String... more) {
        List<String> words = arguments(command, more);
        words.subList(3, 5).clear();
        return CommandLineRun.of(words.toArray(String[]::new));
    }
}
