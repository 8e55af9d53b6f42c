package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.imaas.testing.Git;
import io.imaas.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What people mistype is told in one line, before anything is done. */
class MistakesTest {
    @TempDir
    Path folder;

    static Stream<Arguments> mistakes() {
        return Stream.of(
                arguments("history api --limit -1", "--limit -1 shows nothing: give 1 or more"),
                arguments("history api --limit many", "'many' is not a whole number"),
                arguments("registry . --port 99999", "99999 is not a port: give 1 to 65535"),
                arguments("serve --port 70000", "70000 is not a port"),
                arguments("demo --serve -1", "-1 is not a port"),
                arguments("inbox --as me", "'me' is not a person or a team: write @me, @USER or @ORG/TEAM"),
                arguments("use a/b --set platform=x", "'a/b' is not a profile's name"),
                arguments("use prod --set platform", "'platform' is not KEY=VALUE, which --set takes"),
                arguments("init tenant . --service api", "'api' is not NAME=URL, which --service takes"),
                arguments("init service . --service api=x", "--service is for 'imaas init tenant'"),
                arguments("init servce x", "'servce' is not one of these: platform, tenant, service, suite, jenkins"),
                arguments("dev rnu", "there is no command 'dev rnu': did you mean run?"),
                arguments("validate . more", "'more' is one argument too many"),
                arguments("rollback api dev prod", "'prod' is one argument too many"),
                arguments("diff api prod test dev", "'dev' is one argument too many"),
                arguments("evidence api dev prod", "'prod' is one argument too many"),
                arguments("promote api dev to test", "'to' is not needed: the names follow each other"),
                arguments("status --server https://x", "it stands before the command"),
                arguments("onboard orders --platform p", "no cluster is named: add --kubernetes CONTEXT"),
                arguments("audit --tenant orders", "TENANT is named without one, imaas audit TENANT"),
                arguments("audit orders --cluster-dir c", "no platform is named: add --platform URL"),
                arguments("onboard --platform p --cluster-dir c --kubernetes x", "exclude each other"),
                arguments("wait api dev --timeout 10", "'10' is not a duration: write 500ms, 60s, 5m"),
                arguments("evidence --output e.json", "name the environment: [SERVICE] ENV"),
                arguments("wait api dev --timeout 0s", "'0s' is too short: give more than zero"),
                arguments("status --platform p --environments dev,live", "--environments is for tenants without a"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsToldInOneLine(String command, String told) {
        CommandLineRun run = CommandLineRun.of(command.split(" "));

        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(2);
        assertThat(run.err().lines().findFirst().orElse(""))
                .startsWith("command line: ")
                .contains(told);
    }

    static Stream<Arguments> corrected() {
        return Stream.of(
                arguments("promot api dev test", "imaas promote api dev test"),
                arguments("dev rnu --once", "imaas dev run --once"),
                arguments("promote api dev test --dryrun", "imaas promote api dev test --dry-run"),
                arguments("status --tennant=orders", "imaas status --tenant=orders"),
                arguments("image . --base x --to r.example/x", "imaas image . --base-image x --to r.example/x"),
                arguments("login r.example --username ann", "imaas login r.example --user ann"),
                arguments("status -o jsn", "imaas status -o json"),
                arguments("promote api from dev to test", "imaas promote api dev test"),
                arguments("rollback api in prod", "imaas rollback api prod"),
                arguments("diff api prod test dev", "imaas diff api prod test"),
                arguments("evidence api dev dev", "imaas evidence api dev"),
                arguments("rollback api prod 1.2.0", "imaas rollback api prod --to 1.2.0"),
                arguments("promote api v1.2.0-rc.1 test prod", "imaas promote api test prod"),
                arguments("release api dev r.example/api:1.2.0", "imaas release api dev --image r.example/api:1.2.0"));
    }

    @ParameterizedTest
    @MethodSource("corrected")
    void aMistypedWordIsAnsweredByTheWholeCommandThatWasMeant(String command, String meant) {
        assertThat(CommandLineRun.of(command.split(" ")).err()).contains("  try: " + meant + "\n");
    }

    @Test
    void aSecretOnTheCommandLineIsNotPrintedAgain() {
        assertThat(CommandLineRun.of("status", "--git-token=s3cret", "--tennant=orders")
                        .err())
                .contains("did you mean --tenant?")
                .doesNotContain("s3cret", "  try:");
    }

    @Test
    void mistypedNamesAreAnsweredByTheWholeCommandThatWasMeant() {
        CommandLineRun.of("init", "platform", folder.toString(), "--name", "acme", "--yes");
        CommandLineRun.of(
                "init",
                "tenant",
                folder.toString(),
                "--name",
                "orders",
                "--service",
                "api=https://git.example.org/orders/api.git",
                "--yes");

        assertThat(onPlatform("promote", "apii", "dev", "test")).contains("  try: imaas promote api dev test ");
        assertThat(onPlatform("promote", "api", "dev", "tset")).contains("  try: imaas promote api dev test ");
        assertThat(onPlatform("promote", "dev", "api", "test"))
                .contains("services stand before environments", "  try: imaas promote api dev test ");
        assertThat(onPlatform("promote", "api", "prod"))
                .contains("two environments are wanted", "  try: imaas promote api test prod ");
        assertThat(onPlatform("rollback", "prod", "api", "--reason=x"))
                .contains("  try: imaas rollback api prod --reason=x ");
        assertThat(onPlatform("resume", "api")).contains("no environment is named", "  try: imaas resume api dev ");
        assertThat(onPlatform("rollback", "api", "1.2.0"))
                .contains("'1.2.0' is a release: --to names it", "  try: imaas rollback api dev ", " --to 1.2.0\n");
        assertThat(onPlatform("evidence", "api", "1.2.0"))
                .contains("  try: imaas evidence api dev ", " --release 1.2.0\n");
        assertThat(onPlatform("rollback", "prd", "apii")).contains("  try: imaas rollback api prod ");
        assertThat(onPlatform("rollback", "prod")).contains("  try: imaas rollback api prod ");
        assertThat(onPlatform("promote", "Api", "Dev", "test")).contains("  try: imaas promote api Dev test ");
        assertThat(CommandLineRun.of(
                                "validate",
                                folder.resolve("tenants/orders.yaml").toString())
                        .err())
                .contains("  try: imaas validate " + folder);
        assertThat(CommandLineRun.of(
                                "inbox", "--platform", folder.resolve("tenants").toString())
                        .err())
                .contains("a part of a platform repository", "  try: --platform " + folder);
        assertThat(onPlatform("history", "api/")).contains("  try: imaas history api ");
        assertThat(onPlatform("status", "--tenant=order")).contains("  try: imaas status --tenant=orders ");
    }

    private String onPlatform(String... command) {
        String cache = folder.resolve("cache").toString();
        return CommandLineRun.of(
                        Stream.concat(Stream.of(command), Stream.of("--platform", folder.toString(), "--cache", cache))
                                .toArray(String[]::new))
                .err();
    }

    @Test
    void aTenantsFileIsMadeInAPlatformRepositoryAlone() {
        CommandLineRun run = CommandLineRun.of("init", "tenant", folder.toString(), "--name", "orders", "--yes");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("it has no platform.yaml", "  try: imaas init platform ");
        assertThat(folder.resolve("tenants")).doesNotExist();
    }

    @Test
    void whatIsPrintedCanBePastedThoughThePathHasSpaces() {
        Path service = folder.resolve("My Service");
        CommandLineRun made = CommandLineRun.of("init", "service", service.toString(), "--yes");

        assertThat(made.out()).contains("imaas dev run '" + service + "'", "imaas lint '" + service + "'");
        CommandLineRun target = CommandLineRun.of("image", service.toString(), "--to", "Registry/UPPER");
        assertThat(target.exitCode()).isEqualTo(3);
        assertThat(target.out() + target.err()).doesNotContain("building");
        String car = service.resolve("no.car").toString();
        assertThat(CommandLineRun.of("lint", service.toString(), "--car", car).err())
                .contains("there is no CAR", "imaas build '" + service + "'");
    }

    /** Files and folders of the wrong kind, told at once: no server is waited for, and it is the caller's mistake. */
    @Test
    void aFileOfTheWrongKindIsToldInPlainWords() throws IOException {
        Path note = Files.writeString(folder.resolve("note.txt"), "hello");

        assertThat(input("status", "--platform", note.toString())).contains("no such folder with a repository");
        assertThat(input("status", "--platform", "git.example.org/acme/platform.git"))
                .contains("  try: did you mean https://git.example.org/acme/platform.git?");
        assertThat(input("key", "--key", note.toString())).contains("it holds no private key");
        assertThat(input("validate", note.toString()))
                .contains("this is a file, and a folder is needed", "  try: imaas validate " + folder);
        Path pom = Files.writeString(Files.createDirectory(folder.resolve("p")).resolve("pom.xml"), "<project/>");
        assertThat(input("lint", pom.toString()))
                .contains("input: " + pom + ": this is a file, and a folder is needed")
                .contains("  try: imaas lint " + pom.getParent() + "\n");
        assertThat(input("dev", "up", note.toString())).contains("this is a file, and a folder is needed");
        assertThat(input("init", "service", note.toString(), "--yes"))
                .contains("a folder is needed", "  try: imaas init service " + folder);
        assertThat(input("apply", folder.toString())).contains("this is a folder, and a file is needed");
        assertThat(input("registry", note.toString())).contains("a folder is needed");
        assertThat(input("image", folder.toString(), "--to", "nohost")).contains("'nohost' is not an image repository");
        assertThat(input("status", "--gitops", "g", "--cache", note.toString()))
                .contains(note + ": --cache: this is a file, and a folder is needed")
                .contains("  try: imaas status --gitops g --cache " + folder + "\n");
        assertThat(input("onboard", "--platform", "p", "--cluster-dir", note + "/in"))
                .contains(note + ": --cluster-dir: this is a file, and a folder is needed");
        assertThat(input("status", "--gitops", "g", "--report", folder.toString()))
                .contains(folder + ": --report: this is a folder, and a file is needed");
    }

    @Test
    void whoeverWaitsForAServerIsToldSoAtOnce() {
        CommandLineRun run = CommandLineRun.of(
                new ManualClock("2026-11-29T10:00:00Z"),
                "status",
                "--platform",
                "https://127.0.0.1:1/platform.git",
                "--cache",
                folder.resolve("cache").toString());

        assertThat(run.exitCode()).isEqualTo(6);
        assertThat(run.err().lines().filter(line -> line.startsWith("trying again: ")))
                .containsExactly(
                        "trying again: https://127.0.0.1:1/platform.git: nothing answers there: the connection is refused");
    }

    private static String input(String... command) {
        CommandLineRun run = CommandLineRun.of(command);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
        return run.err();
    }

    @Test
    void beforeTheFirstReleaseThatIsSaid() {
        CommandLineRun.bareRepository(folder);
        Git.in(folder).run("--git-dir", "orders-gitops.git", "symbolic-ref", "HEAD", "refs/heads/dev");
        assertThat(CommandLineRun.onGitOps(folder, "status").out()).contains("nothing is released yet");
    }
}
