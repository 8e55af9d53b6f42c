package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.testing.Await;
import io.imaas.testing.Git;
import io.imaas.testing.Program;
import io.imaas.testing.TestKey;
import io.imaas.testing.TestRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose word counts, as what, and for how long. */
class ApproversTest extends PlatformWorld {
    @Test
    void aNoKeepsItAwayUntilItIsWithdrawnAndEachWordIsOnePersons() throws IOException {
        TestRecords.put(
                folder.resolve("orders-gitops.git"),
                HEALTH,
                TestKey.records("orders").sign(health()));
        String[] approve = {"api", "test", "--as", "@acme/leads", "--no-image-check"};

        assertThat(run("approve", with(approve, "--refuse", "not on a Friday")).exitCode())
                .isZero();
        assertThat(promote().out()).contains("@ann as @acme/leads refused it", "not on a Friday", "--withdraw");
        assertThat(run("approve", with(approve, "--withdraw")).exitCode()).isZero();
        assertThat(promote().out()).contains("none of @acme/leads approved this content");
        assertThat(run("approve", approve).exitCode()).isZero();
        assertThat(promote().out()).contains("approved by @ann as @acme/leads", "(self-asserted)");
        assertThat(promote().exitCode()).isZero();
        assertThat(run("approve", with(approve, "--refuse", "x", "--withdraw")).exitCode())
                .isEqualTo(2);
        assertThat(Git.in(folder.resolve("orders-gitops.git")).run("ls-tree", "-r", "--name-only", "imaas/records"))
                .containsPattern("approvals/test/[0-9a-f]{64}/ann.json");
        assertThat(shownToAnn()).contains("\"shown\":\"Promote api", "created Deployment ");
    }

    @Test
    void whatRunsAlreadyIsNotApprovedAgain() throws IOException {
        TestRecords.put(bare(), HEALTH, TestKey.records("orders").sign(health()));
        String[] approve = {"api", "test", "--as", "@acme/leads", "--no-image-check", "--detailed-exitcode"};
        assertThat(run("approve", approve).exitCode()).isZero();
        assertThat(promote().exitCode()).isZero();
        assertThat(run("promote", "api", "dev", "test", "--no-image-check").exitCode())
                .isZero();
        String records = Git.in(bare()).run("rev-parse", "imaas/records");

        CommandLineRun again = run("approve", approve);

        assertThat(again.exitCode()).as(again.out() + again.err()).isEqualTo(4);
        assertThat(again.out()).contains("test runs exactly this already, so there is nothing to approve");
        assertThat(Git.in(bare()).run("rev-parse", "imaas/records")).isEqualTo(records);
        for (String[] late :
                List.of(with(approve, "--withdraw"), with(approve, "--refuse", "the load test is missing"))) {
            assertThat(run("approve", late).out())
                    .contains(
                            "nothing to refuse: imaas rollback api test --tenant orders brings the release before back");
        }
        assertThat(Git.in(bare()).run("rev-parse", "imaas/records")).isEqualTo(records);
    }

    @Test
    void aRefusalThatWasProvenIsTakenBackByNobodyWhoOnlySaysTheName() throws Exception {
        TestRecords.put(bare(), HEALTH, TestKey.records("orders").sign(health()));
        Program.require("ssh-keygen", "openssh-client")
                .run(
                        "-q",
                        "-t",
                        "ed25519",
                        "-N",
                        "",
                        "-f",
                        folder.resolve("id_ann").toString());
        Path platform = folder.resolve("platform/platform.yaml");
        Files.writeString(
                platform,
                Files.readString(platform) + "people:\n  - name: \"@ann\"\n    teams: [\"@acme/leads\"]\n    keys: [\""
                        + Files.readString(folder.resolve("id_ann.pub")).strip() + "\"]\n");
        String[] said = {"api", "test", "--as", "@acme/leads", "--no-image-check"};
        String[] signed = with(said, "--ssh-key", folder.resolve("id_ann").toString());
        assertThat(run("approve", with(signed, "--refuse", "audit")).exitCode()).isZero();

        for (String[] word : List.of(with(said, "--withdraw"), said, with(said, "--refuse", "only said"))) {
            CommandLineRun run = run("approve", word);
            assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(5);
            assertThat(run.out() + run.err()).contains("the refusal by @ann was proven", "--ssh-key FILE");
        }
        assertThat(promote().out()).contains("@ann as @acme/leads refused it", "audit");
        assertThat(run("approve", with(signed, "--withdraw")).exitCode()).isZero();
        assertThat(promote().out()).contains("none of @acme/leads approved this content");
    }

    private String shownToAnn() throws IOException {
        Git records = Git.in(bare());
        String path = records.run("ls-tree", "-r", "--name-only", "imaas/records", "approvals/test")
                .lines()
                .filter(line -> line.endsWith("/ann.json"))
                .findFirst()
                .orElseThrow();
        return TestKey.payload(records.run("show", "imaas/records:" + path));
    }

    @Test
    void aRollbackVoidsWhatWasAgreedTo() throws IOException {
        TestRecords.put(bare(), HEALTH, TestKey.records("orders").sign(health()));
        run("approve", "api", "test", "--as", "@acme/leads", "--no-image-check");
        assertThat(run("promote", "api", "dev", "test", "--no-image-check").exitCode())
                .isZero();
        String other = "registry.example.org/acme/orders/api@sha256:" + "b".repeat(64);
        run("release", "api", "dev", "--image", other, "--no-image-check");
        run("promote", "api", "dev", "test", "--no-image-check", "--assume-healthy");
        run("approve", "api", "test", "--as", "@acme/leads", "--no-image-check");
        run("promote", "api", "dev", "test", "--no-image-check", "--assume-healthy");

        assertThat(run("rollback", "api", "test", "--reason", "errors").exitCode())
                .isZero();
        assertThat(run("resume", "api", "test").exitCode()).isZero();
        CommandLineRun again =
                run("promote", "api", "dev", "test", "--no-image-check", "--assume-healthy", "--dry-run");
        assertThat(again.exitCode()).isEqualTo(5);
        assertThat(again.out()).contains("the approval by @ann no longer counts: rolled back by @ann, errors");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rendered", "helm"})
    void whatWasReplacedComesBackOnlyWithAYesThatIsNewer(String delivery) throws IOException {
        write(
                "platform/tenants/orders.yaml",
                Files.readString(folder.resolve("platform/tenants/orders.yaml")) + "delivery: " + delivery + "\n");
        String[] promote = {"api", "dev", "test", "--no-image-check", "--assume-healthy"};
        for (String digit : List.of("a", "b")) {
            release(digit);
            assertThat(run("approve", "api", "test", "--as", "@acme/leads", "--no-image-check")
                            .exitCode())
                    .isZero();
            assertThat(run("promote", promote).exitCode()).isZero();
        }
        release("a");
        // Whoever pushes says when: that hides nothing of what ran before.
        Git hand = Git.in(folder).at(Instant.EPOCH);
        hand.run("clone", "-q", "-b", "test", bare().toString(), "hand");
        Path words = folder.resolve("hand/services/api/README.md");
        for (String text : List.of("words\n", "")) {
            Files.writeString(words, text);
            Files.deleteIfExists(text.isEmpty() ? words : folder.resolve("none"));
            hand.run("-C", "hand", "add", "-A");
            hand.run(
                    "-C", "hand", "-c", "user.name=b", "-c", "user.email=b@example.org", "commit", "-q", "-m", "Words");
        }
        hand.run("-C", "hand", "push", "-q");

        CommandLineRun again = run("promote", promote);

        assertThat(again.exitCode()).isEqualTo(5);
        assertThat(again.out())
                .containsPattern(
                        "the approval by @ann no longer counts: it was for what landed at .* and was replaced");
        // A commit's time has no parts of a second: what was said in the same one is not newer.
        long second = Instant.now().getEpochSecond();
        Await.until(() -> Instant.now().getEpochSecond() != second);
        run("approve", "api", "test", "--as", "@acme/leads", "--no-image-check");
        assertThat(run("promote", promote).exitCode()).isZero();
    }

    private void release(String digit) {
        String image = "registry.example.org/acme/orders/api@sha256:" + digit.repeat(64);
        run("release", "api", "dev", "--image", image, "--no-image-check");
    }

    @Test
    void aPersonsSshSignatureProvesWhoAgreedAndAliasesMakeOnePersonOfSeveralNames() throws Exception {
        TestRecords.put(bare(), HEALTH, TestKey.records("orders").sign(health()));
        keys("ann", "bob", "mallory");
        String key = Files.readString(folder.resolve("id_ann.pub")).strip();
        write(
                "platform/platform.yaml",
                Files.readString(folder.resolve("platform/platform.yaml"))
                                .replace("optional}", "optional}, approvals: {provenOnly: true, requesterMayNot: true}")
                        + "people: [{name: \"@ann\", aliases: [Ann Berger], teams: [\"@acme/leads\"], keys: [\"" + key
                        + "\"]}, {name: \"@bob\", keys: [\""
                        + Files.readString(folder.resolve("id_bob.pub")).strip() + "\"]}]\n");
        String[] approve = {"api", "test", "--as", "@acme/leads", "--no-image-check"};

        CommandLineRun unproven = run("approve", approve);
        assertThat(unproven.exitCode()).isEqualTo(5);
        String[] refuse = with(approve, "--ssh-key", folder.resolve("id_ann").toString(), "--refuse", "audit");
        assertThat(run("approve", refuse).exitCode()).isZero();
        CommandLineRun lifted = run("approve", with(approve, "--withdraw"));
        assertThat(lifted.exitCode())
                .as("a proven refusal is taken back by nobody else")
                .isEqualTo(5);
        assertThat(lifted.out() + lifted.err()).contains("is not proven", "--ssh-key FILE");
        CommandLineRun forged = run(
                "approve",
                with(approve, "--ssh-key", folder.resolve("id_mallory").toString()));
        assertThat(forged.exitCode()).isEqualTo(3);
        assertThat(forged.out() + forged.err()).contains("none of the keys that platform.yaml lists for @ann");
        assertThat(run(
                                "approve",
                                with(
                                        approve,
                                        "--ssh-key",
                                        folder.resolve("nowhere").toString()))
                        .exitCode())
                .isEqualTo(3);
        assertThat(run(
                                "approve",
                                with(
                                        approve,
                                        "--ssh-key",
                                        folder.resolve("id_ann").toString()))
                        .exitCode())
                .isZero();

        assertThat(promoteAs("Ann Berger").out()).contains("@ann requested it and may not approve it");
        assertThat(promoteAs("@bob").out()).contains("it is not proven that @bob requested it, so it may be @ann");
        CommandLineRun lie =
                promoteAs("@bob", "--ssh-key", folder.resolve("id_ann").toString());
        assertThat(lie.exitCode()).isEqualTo(5);
        assertThat(lie.err()).contains("none of the keys that platform.yaml lists for @bob");
        String[] signed = {"--ssh-key", folder.resolve("id_bob").toString()};
        CommandLineRun bob = promoteAs("@bob", signed);
        assertThat(bob.out()).contains("approved by @ann as @acme/leads", "(ssh signature)");
        assertThat(bob.exitCode()).isZero();
        // The evidence has the keys of those who signed, and of nobody else.
        assertThat(run("promote", "api", "dev", "test", "--no-image-check").exitCode())
                .isEqualTo(5);
        as("bob", "promote", "api", "dev", "test");
        Path file = folder.resolve("evidence.json");
        CommandLineRun evidence = run("evidence", "api", "test", "--output", file.toString());
        assertThat(evidence.exitCode()).as(evidence.out() + evidence.err()).isZero();
        assertThat(evidence.out()).contains("approved by @ann as @acme/leads", "(ssh signature)");
        assertThat(CommandLineRun.of("evidence", "verify", file.toString()).exitCode())
                .isZero();
    }

    private void keys(String... names) throws Exception {
        for (String name : names) {
            String file = folder.resolve("id_" + name).toString();
            new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file)
                    .start()
                    .waitFor();
        }
    }

    private CommandLineRun as(String who, String... command) {
        return CommandLineRun.of(with(
                with(command, "--no-image-check", "--actor", who, "--ssh-key"),
                folder.resolve("id_" + who).toString(),
                "--tenant",
                "orders",
                "--platform",
                folder.resolve("platform").toString(),
                "--cache",
                folder.resolve("cache").toString()));
    }

    @Test
    void gatesArePassedByForceByAProvenPersonAndASecondOneConfirmsItOrTheEnvironmentIsFlagged() throws Exception {
        TestRecords.put(bare(), HEALTH, TestKey.records("orders").sign(health()));
        keys("ann", "bob", "eve");
        StringBuilder people = new StringBuilder("people:\n");
        for (String name : new String[] {"ann", "bob", "eve"}) {
            people.append("  - {name: \"@")
                    .append(name)
                    .append("\", aliases: [\"")
                    .append(name)
                    .append(" B.\"]");
            people.append(name.equals("bob") ? ", teams: [\"@acme/ops\"]" : "").append(", keys: [\"");
            people.append(Files.readString(folder.resolve("id_" + name + ".pub"))
                            .strip())
                    .append("\"]}\n");
        }
        write(
                "platform/platform.yaml",
                Files.readString(folder.resolve("platform/platform.yaml"))
                                .replace("optional}", "optional}, overriders: [\"@ann\", \"@acme/ops\"]")
                        + people);
        String[] force = {"promote", "api", "dev", "test", "--override", "INC-7: customers can't order"};
        String[] confirm = {"approve", "api", "test", "--confirm-override"};

        CommandLineRun unproven = run("promote", "api", "dev", "test", "--override", "INC-7", "--no-image-check");
        assertThat(unproven.exitCode()).isEqualTo(5);
        assertThat(unproven.err()).contains("may not override gates: the name is not proven");
        CommandLineRun eve = as("eve", with(force, "--role", "@acme/ops"));
        assertThat(eve.exitCode()).isEqualTo(5);
        assertThat(eve.err()).contains("@eve may not override gates");
        assertThat(as("bob", confirm).err()).contains("waits for a confirmation", "imaas inbox --tenant ");

        CommandLineRun forced = as("ann", force);
        assertThat(forced.exitCode()).as(forced.out() + forced.err()).isZero();
        assertThat(Git.in(bare()).run("log", "-1", "--format=%B", "test"))
                .contains("Imaas-Override: approval: INC-7", "Imaas-Override-Record: overrides/test/");
        assertThat(run("status").out())
                .contains("api in test: passed by force by @ann as @ann", "to be confirmed by a second person until");
        assertThat(run("inbox").out()).contains("override", "imaas approve api test --confirm-override");

        assertThat(as("ann", confirm).err()).contains("@ann overrode the gates of api and cannot confirm that");
        assertThat(as("eve", confirm).err()).contains("@eve may not confirm overrides");
        platform("overriders:", "confirmOverrides: 1s, overriders:");
        Instant patience = Instant.now().plusSeconds(60);
        String flagged = run("status").out();
        while (!flagged.contains("OVERRIDE NOT CONFIRMED") && Instant.now().isBefore(patience)) {
            flagged = run("status").out();
        }
        assertThat(flagged).contains("override not confirmed");
        assertThat(run("history", "api").out())
                .contains("override: OVERRIDE NOT CONFIRMED: no second person did until");
        Path file = folder.resolve("evidence.json");
        assertThat(run("evidence", "api", "test", "--output", file.toString()).out())
                .contains("OVERRIDE NOT CONFIRMED");

        CommandLineRun bob = as("bob", confirm);
        assertThat(bob.exitCode()).as(bob.out() + bob.err()).isZero();
        CommandLineRun again = as("bob", confirm);
        assertThat(again.exitCode()).as(again.out() + again.err()).isZero();
        assertThat(again.out()).contains("confirmed by @bob as @acme/ops");
        assertThat(run("history", "api").out())
                .contains(
                        "forced: approval: INC-7", "override: override confirmed by @bob as @acme/ops", ", LATE: due");
        assertThat(run("status").out()).doesNotContain("by force", "override");
        CommandLineRun evidence = run("evidence", "api", "test", "--output", file.toString());
        assertThat(evidence.out()).contains("passed by force by @ann", "override confirmed by @bob");
        assertThat(CommandLineRun.of("evidence", "verify", file.toString()).exitCode())
                .isZero();
    }

    private void platform(String old, String now) throws IOException {
        Path file = folder.resolve("platform/platform.yaml");
        Files.writeString(file, Files.readString(file).replace(old, now));
    }

    private CommandLineRun promoteAs(String actor, String... more) {
        return CommandLineRun.of(with(
                with(new String[] {"promote", "api", "dev", "test", "--no-image-check", "--dry-run"}, more),
                "--actor",
                actor,
                "--tenant",
                "orders",
                "--platform",
                folder.resolve("platform").toString(),
                "--cache",
                folder.resolve("cache").toString()));
    }
}
