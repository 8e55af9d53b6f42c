package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.testing.Git;
import io.imaas.testing.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the command line tells and removes of previews; how they come is in PreviewsTest of the application. */
class PreviewCommandTest extends OnboardWorld {
    private static final String PREVIEWS =
            "previews: {ttl: 72h, max: 2, like: dev, quota: {cpu: 1, memory: 1Gi, pods: 2}}\n";

    @BeforeEach
    void aPreviewStands() throws IOException {
        tenant(PREVIEWS);
        CommandLineRun onboarded = onboard();
        assertThat(onboarded.exitCode()).as(onboarded.out() + onboarded.err()).isZero();
        assertThat(list().out()).isEqualTo("no previews\n");
        Git.in(folder).run("clone", "-q", "-b", "preview", git.folder().toString(), "work");
        write("work/services/api-pr-7/values.yaml", "type: gateway\n");
        Git work = Git.in(folder.resolve("work"));
        work.run("add", "-A");
        work.run("-c", "user.name=ann", "-c", "user.email=ann@example.org", "commit", "-q", "-m", "Values of api-pr-7");
        work.run("push", "-q");
    }

    @Test
    void whatIsMeantMustBeSaid() {
        assertThat(run("preview").exitCode()).isEqualTo(2);
        CommandLineRun none = run("preview", "remove");
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).contains("name the previews, or give --over");
        assertThat(run("preview", "remove", "api-pr-7", "--over").exitCode()).isEqualTo(2);

        CommandLineRun unknown = run("preview", "remove", "api-pr-8");
        assertThat(unknown.exitCode()).isEqualTo(3);
        assertThat(unknown.err()).contains("tenant orders has no preview 'api-pr-8'", "api-pr-7");
    }

    @Test
    void whatIsNotOverStaysUntilItsTimeIsOver() throws IOException {
        assertThat(list().out()).contains("api-pr-7  until ", "it goes when its time is over");
        assertThat(list("--format", "json").out()).contains("\"name\" : \"api-pr-7\"", "\"state\" : \"STANDS\"");
        assertThat(run("preview", "remove", "--over").exitCode()).isZero();
        assertThat(names()).contains("api-pr-7");

        ManualClock later =
                new ManualClock(Instant.now().plus(Duration.ofDays(4)).toString());
        CommandLineRun removed =
                CommandLineRun.of(later, previews("remove", "--over").toArray(String[]::new));
        assertThat(removed.exitCode()).as(removed.out() + removed.err()).isZero();
        assertThat(names()).doesNotContain("api-pr-7");
    }

    @Test
    void byNameItGoesAtOnceAndADryRunSaysSo() {
        assertThat(run("preview", "remove", "api-pr-7", "--dry-run").out()).contains("Remove api-pr-7");
        assertThat(names()).contains("api-pr-7");
        assertThat(run("preview", "remove", "api-pr-7").exitCode()).isZero();
        assertThat(list().out()).isEqualTo("no previews\n");
    }

    @Test
    void aTenantThatDroppedThemIsSwept() throws IOException {
        tenant("");
        assertThat(list().out()).contains("is over: the tenant has no previews any more");
        CommandLineRun removed = run("preview", "remove", "--over");
        assertThat(removed.exitCode()).as(removed.out() + removed.err()).isZero();
        assertThat(names()).doesNotContain("api-pr-7");
    }

    @Override
    CommandLineRun run(String command, String... more) {
        return command.equals("preview") && more.length > 0
                ? CommandLineRun.of(previews(more).toArray(String[]::new))
                : super.run(command, more);
    }

    private CommandLineRun list(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "preview",
                "list",
                "--platform",
                folder.resolve("platform").toString(),
                "--cache",
                folder.resolve("cache").toString()));
        arguments.addAll(List.of(more));
        return CommandLineRun.of(arguments.toArray(String[]::new));
    }

    private List<String> previews(String... more) {
        List<String> arguments = arguments("preview", more);
        // The command of the command comes first.
        arguments.remove(more[0]);
        arguments.add(1, more[0]);
        return arguments;
    }

    private String names() {
        return git.run("ls-tree", "-r", "--name-only", "preview");
    }

    private void tenant(String lines) throws IOException {
        write(
                "platform/tenants/orders.yaml",
                "tenant: orders\nowners: [\"@acme/leads\"]\ncontact: orders@example.org\ngitops: file://"
                        + folder.resolve("orders-gitops.git") + "\nquota: {cpu: 2, memory: 4Gi, pods: 4}\n" + lines
                        + "services:\n  - name: api\n    repository: file://" + folder.resolve("api.git")
                        + "\n    type: gateway\n");
    }
}
