package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.identity.Actor;
import io.imaas.model.rollout.Approval;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.TenantName;
import io.imaas.testing.Git;
import io.imaas.testing.TestKey;
import io.imaas.testing.TestRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All changes of a tenant in a period, as text, as a table for spreadsheets and as a page. */
class PeriodCommandTest extends PromotedRelease {
    @Test
    void aPeriodsReportHasAllChangesAndThoseFirstThatOnePersonHadTwoSaysIn() throws IOException {
        Git gitops = Git.in(folder.resolve("orders-gitops.git"));
        String before = gitops.run("rev-parse", "test").strip();
        PlatformWorld.push(
                folder,
                "test",
                "services/api/release.yaml",
                "image:\n  repository: registry.example.org/acme/orders/api\n  digest: " + "sha256:" + "b".repeat(64)
                        + "\n  tag: \"=1+1\"\nversion: \"=1+1\"\n");
        Path csv = folder.resolve("out/changes.csv");
        Path html = folder.resolve("out/changes.html");
        CommandLineRun run =
                tell("evidence", "--since", "2026-01-01", "--csv", csv.toString(), "--html", html.toString());
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out())
                .contains("3 changes, 2 against the separation of duties", "@ann asked for it and agreed to it")
                .contains("api in test: 0 of 1 people agreed to it before it came")
                .contains("who wrote api 1.4.0 is not known");
        List<String> lines = Files.readString(csv).lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).startsWith("violations,at,service,environment,before,version,asked by,agreed,ticket");
        assertThat(lines.get(1)).contains("0 of 1 people", ",test,1.4.0,'=1+1,mallory,");
        assertThat(lines.get(2))
                .contains("@ann asked for it and agreed to it", "CHG-7", DIGEST.value())
                .contains("approved by @ann as @acme/leads", "(self-asserted)", "healthy since 2026-01-01")
                .containsPattern(",[0-9a-f]{64},");
        assertThat(lines.get(3)).startsWith(",20").contains(",api,dev,,1.4.0,@ann,");
        aLaterRefusalDoesNotUnsayTheEarlierYes(gitops);
        twoNamesAreNotTwoPeopleBecauseNobodyKnowsThem(gitops);
        String page = Files.readString(html);
        assertThat(page.indexOf("Against the separation of duties")).isLessThan(page.indexOf("1.4.0"));

        assertThat(tell("evidence", "--since", "2026-01-01", "--until", "2026-01-02")
                        .out())
                .contains(": 0 changes, 0 against");
        assertThat(tell("evidence", "--since", "2026-01-02", "--until", "2026-01-01")
                        .exitCode())
                .isEqualTo(3);
        assertThat(tell("evidence", "--since", "2026-01-02", "test").exitCode()).isEqualTo(2);
        assertThat(tell("evidence", "--csv", csv.toString()).exitCode()).isEqualTo(2);
        gitops.run("update-ref", "refs/heads/test", before);
    }

    private static void twoNamesAreNotTwoPeopleBecauseNobodyKnowsThem(Git gitops) {
        String fingerprint = gitops.run("ls-tree", "-r", "--name-only", "imaas/records", "approvals/test")
                .split("/")[2];
        word(fingerprint, Approval.Verdict.YES, "ann@example.org", Actor.Proof.OIDC, Instant.EPOCH);
        word(fingerprint, Approval.Verdict.YES, "@bob", Actor.Proof.JENKINS, Instant.EPOCH);
        assertThat(tell("evidence", "--since", "2026-01-01").out())
                .contains("3 changes, 2 against", "ann@example.org agreed to it, and may be @ann, who asked for it")
                .contains("nobody can tell whether these are two people each, so list both under 'people'")
                .contains("@bob (jenkins) and @ann (self-asserted)", "@bob (jenkins) and ann@example.org (oidc)");
    }

    private static void word(String fingerprint, Approval.Verdict verdict, String by, Actor.Proof proof, Instant at) {
        Approval said = new Approval(
                API, new EnvironmentName("test"), fingerprint, verdict, by, "@acme/leads", proof, "not again", at, "");
        TestRecords.put(
                folder.resolve("orders-gitops.git"),
                said.path(),
                TestKey.records("orders").sign(said.statement(new TenantName("orders"))));
    }

    /** After a rollback, for example, the same person says no to the same content: their file is written anew. */
    private static void aLaterRefusalDoesNotUnsayTheEarlierYes(Git gitops) throws IOException {
        String path = gitops.run("ls-tree", "-r", "--name-only", "imaas/records", "approvals/test")
                .strip();
        String yes = gitops.run("show", "imaas/records:" + path);
        word(
                path.split("/")[2],
                Approval.Verdict.NO,
                "@ann",
                Actor.Proof.UNVERIFIED,
                Instant.now().plusSeconds(5));
        assertThat(tell("evidence", "--since", "2026-01-01").out())
                .contains("3 changes, 2 against", "@ann asked for it and agreed to it");
        TestRecords.put(folder.resolve("orders-gitops.git"), path, yes);
    }
}
