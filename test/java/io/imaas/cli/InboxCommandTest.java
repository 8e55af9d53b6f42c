package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.testing.TestKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboxCommandTest {
    @TempDir
    Path folder;

    private Path platform;

    @BeforeEach
    void aTenantAndOneThatIsGone() throws IOException {
        CommandLineRun.bareRepository(folder);
        platform = Files.createDirectories(folder.resolve("platform/tenants")).getParent();
        Files.writeString(
                platform.resolve("platform.yaml"), "platform: acme\nregistries: [registry.example.org/acme]\n");
        tenant("orders", "orders-gitops.git", "api");
        tenant("billing", "gone.git", "invoices");
        onGitOps("release", "api", "dev", "--image", image('1'), "--version", "1.0.0");
    }

    @Test
    void whatIsUnprovenWaitsForItsOwnersWithTheCommand() throws IOException {
        assertThat(inbox().out())
                .contains(
                        "orders/api test", "waits for @ann", "1.0.0 of dev", "> imaas rollout api dev --tenant orders");
        // Also where nothing waits for it: nobody follows the rollout of what ran before.
        Path tenant = platform.resolve("tenants/orders.yaml");
        Files.writeString(
                tenant,
                Files.readString(tenant).replace("- name: dev", "- name: dev\n    adopt: true")
                        + "    adopt: [{environment: dev, application: api, image: \"registry.example.org/acme/orders/api:1\","
                        + " release: \"" + image('1') + "\"}]\n");
        Files.createDirectories(platform.resolve("adopt/orders/dev"));
        Files.writeString(
                platform.resolve("adopt/orders/dev/api.yaml"),
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: api, namespace: orders-dev}\n");
        assertThat(inbox().out())
                .contains(
                        "orders/api dev  action", "1.0.0 was not yet seen healthy", "> imaas rollout api dev --tenant")
                .doesNotContain("orders/api test");
    }

    @Test
    void oneTenantThatCannotBeReadIsToldAndTheOthersAreRead() {
        CommandLineRun run = inbox();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("billing  unreadable", "orders/api test");
    }

    @Test
    void anApprovalWaitsForTheApproversAlone() {
        onGitOps("promote", "api", "dev", "test", "--assume-healthy");
        onGitOps("release", "api", "dev", "--image", image('2'), "--version", "1.1.0");
        String all = inbox().out();
        assertThat(all).contains("orders/api test", "orders/api prod", "approval", "waits for @acme/managers");

        CommandLineRun mine = inbox("--as", "@me", "--actor", "@sue", "--role", "@acme/managers");
        assertThat(mine.out()).contains("orders/api prod", "1 thing waits").doesNotContain("billing", "api test");
        assertThat(inbox("--as", "@nobody").out()).isEqualTo("Nothing waits.\n");
    }

    @Test
    void aHoldIsToldWithWhoSetItAndHowItIsLifted() {
        onGitOps("release", "api", "dev", "--image", image('2'), "--version", "1.1.0");
        onGitOps("rollback", "api", "dev", "--reason", "prices wrong");
        assertThat(inbox("--tenant", "orders").out())
                .contains("orders/api dev  held", "by @ann", "held: prices wrong", "> imaas resume api dev")
                .doesNotContain("billing");
    }

    @Test
    void anExceptionThatEndsSoonOrHasEndedWaitsForWhoAnswersForIt() throws IOException {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        String one = "{id: %s, reason: not reachable, owner: \"%s\", until: %s}";
        Files.writeString(
                platform.resolve("platform.yaml"),
                "platform: acme\nregistries: [registry.example.org/acme]\npolicy:\n  images:\n    vulnerabilities:\n"
                        + "      scanners: [{name: nightly, key: \""
                        + TestKey.statements().ownKey().text() + "\"}]\n      exceptions: ["
                        + String.join(
                                ", ",
                                one.formatted("CVE-2026-1", "@acme/security", today.plusDays(14)),
                                one.formatted("CVE-2026-2", "@bob", today.minusDays(1)),
                                one.formatted("CVE-2026-3", "@bob", today.plusDays(15)),
                                one.formatted("CVE-2026-4", "@bob", today.minusDays(9)),
                                one.formatted("CVE-2026-4", "@bob", today.plusDays(90)))
                        + "]\n");

        assertThat(inbox().out())
                .contains("platform  action, waits for @acme/security")
                .contains("the exception for CVE-2026-1 (not reachable) ends on " + today.plusDays(14) + ": renew it")
                .contains("  > ${EDITOR:-vi} " + platform.resolve("platform.yaml"))
                .contains("CVE-2026-2 (not reachable) ended on", " in 2 tenants and the platform.\n")
                .doesNotContain("CVE-2026-3", "CVE-2026-4");
        assertThat(inbox("--as", "@bob").out())
                .contains("CVE-2026-2", "1 thing waits")
                .doesNotContain("CVE-2026-1");
        assertThat(inbox("--tenant", "orders").out()).doesNotContain("exception");
        assertThat(inbox("-o", "json").out()).contains("\"@acme/security\"");
    }

    @Test
    void theStatusOfSeveralTenantsIsShownAndOneThatCannotBeReadIsNamed() {
        CommandLineRun run = read("status", "--tenant", "billing,orders");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.out()).contains("Tenant: orders\n", "api", "1.0.0").doesNotContain("Tenant: billing");
        assertThat(run.err()).contains("gone.git");
        assertThat(read("status", "--tenant", "orders,billing", "-o", "json").out())
                .contains("\"orders\" : {");
        CommandLineRun history = read("history", "api", "--tenant", "orders,billing");
        assertThat(history.exitCode()).isEqualTo(2);
        assertThat(history.err()).contains("'history' is about one tenant, and --tenant names several");
    }

    @Test
    void programsGetTheSameAsJson() {
        assertThat(inbox("-o", "json").out())
                .contains("\"kind\" : \"ACTION\"", "\"service\" : \"api\"", "\"@ann\"")
                .contains("\"kind\" : \"UNREADABLE\"");
    }

    private static String image(char digit) {
        return "registry.example.org/acme/orders/api@sha256:"
                + String.valueOf(digit).repeat(64);
    }

    private CommandLineRun inbox(String... more) {
        return read("inbox", more);
    }

    private CommandLineRun read(String command, String... more) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of(more));
        all.addAll(List.of(
                "--platform",
                platform.toString(),
                "--cache",
                folder.resolve("cache").toString()));
        return CommandLineRun.of(all.toArray(String[]::new));
    }

    private void onGitOps(String command, String... more) {
        CommandLineRun run = CommandLineRun.onGitOps(folder, command, more);
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    }

    private void tenant(String name, String gitops, String service) throws IOException {
        Files.writeString(
                platform.resolve("tenants/" + name + ".yaml"),
                """
                tenant: %s
                owners: ["@ann"]
                contact: team@example.org
                gitops: file://%s/%s
                quota: {cpu: 8, memory: 16Gi, pods: 40}
                environments:
                  - name: dev
                  - name: test
                  - name: prod
                    approvers: ["@acme/managers"]
                services:
                  - name: %s
                    repository: https://git.example.org/%s.git
                    type: worker
                """
                        .formatted(name, folder, gitops, service, service));
    }
}
