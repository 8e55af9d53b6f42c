package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitCommandTest {
    @TempDir
    Path folder;

    @Test
    void aNewServiceHasNoProblemBuildsAndHasATestThatCanBeSent() {
        Path service = folder.resolve("order-api");
        assertThat(run("service", service).out()).contains("created", "OrderApi.xml", "imaas dev run " + service);

        CommandLineRun lint = CommandLineRun.of("lint", service.toString());
        assertThat(lint.exitCode()).as(lint.out() + lint.err()).isZero();
        assertThat(lint.out()).isEqualTo("1 project: 0 errors, 0 warnings\n");
        CommandLineRun build = CommandLineRun.of("build", service.toString(), "--builder", "native");
        assertThat(build.exitCode()).as(build.out() + build.err()).isZero();
        assertThat(build.out()).contains("order-api 0.1.0", ".car");
        CommandLineRun test = CommandLineRun.of("test", service.toString(), "--dry-run");
        assertThat(test.exitCode()).as(test.out() + test.err()).isZero();
        assertThat(test.out()).contains("OrderApi");
        assertThat(CommandLineRun.of("validate", service.toString()).exitCode()).isZero();
    }

    @Test
    void aNewPlatformWithATenantIsSound() {
        Path platform = folder.resolve("platform");
        run("platform", platform, "--name", "acme");
        String sources = "order-api=https://git.acme.example/orders/order-api.git";
        run("tenant", platform, "--name", "orders", "--owner", "@acme/orders", "--service", sources);

        CommandLineRun validate = CommandLineRun.of("validate", platform.toString());
        assertThat(validate.exitCode()).as(validate.out() + validate.err()).isZero();
        assertThat(validate.out()).contains("acme is sound: 1 tenant, 1 service");
        CommandLineRun unreachable = CommandLineRun.of(
                "init",
                "tenant",
                platform.toString(),
                "--name",
                "other",
                "--service",
                "a=ftp://git.acme.example/a.git",
                "--yes");
        assertThat(unreachable.exitCode()).isNotZero();
        assertThat(unreachable.err()).contains("ftp");
        assertThat(platform.resolve("tenants/other.yaml")).doesNotExist();
    }

    @Test
    void aSuiteIsForAnArtifactOfTheProjectAndTheNearestIsNamed() {
        Path service = folder.resolve("pay");
        run("service", service);
        CommandLineRun missing = CommandLineRun.of("init", "suite", service.toString(), "--name", "Pya", "--yes");
        assertThat(missing.exitCode()).isEqualTo(3);
        assertThat(missing.err()).contains("there is no artifact 'Pya'", "did you mean 'Pay'?");

        CommandLineRun there = CommandLineRun.of("init", "suite", service.toString(), "--name", "Pay", "--yes");
        assertThat(there.err()).contains("this would overwrite src/test/wso2mi/Pay.xml");
        assertThat(service.resolve("src/test/wso2mi/Pay.xml").toFile().delete()).isTrue();
        run("suite", service);
        CommandLineRun test = CommandLineRun.of("test", service.toString(), "--dry-run");
        assertThat(test.exitCode()).as(test.out() + test.err()).isZero();

        Path apis = service.resolve("src/main/wso2mi/artifacts/apis");
        TextFile.write(apis.resolve("Other.xml"), TextFile.read(apis.resolve("Pay.xml")));
        assertThat(CommandLineRun.of("init", "suite", service.toString(), "--yes")
                        .err())
                .contains("try: imaas init suite " + service + " --name Other; known: Other, Pay");
    }

    @Test
    void nothingIsWrittenWhenOneFileIsThere() throws IOException {
        Files.writeString(folder.resolve("pom.xml"), "<mine/>");
        CommandLineRun run = CommandLineRun.of("init", "service", folder.toString(), "--name", "api", "--yes");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("this would overwrite pom.xml");
        assertThat(folder.resolve("imaas.yaml")).doesNotExist();
        assertThat(folder.resolve("pom.xml")).hasContent("<mine/>");
    }

    @Test
    void noPlaceForANameIsLeftUnfilled() throws IOException {
        for (String kind : new String[] {"platform", "tenant", "service", "jenkins"}) {
            run(kind, folder.resolve(kind.equals("tenant") ? "platform" : kind), "--name", "example");
        }
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(file.toString() + Files.readString(file)).doesNotContain("__");
            }
        }
    }

    private static CommandLineRun run(String kind, Path where, String... more) {
        String[] all = new String[more.length + 4];
        System.arraycopy(new String[] {"init", kind, where.toString(), "--yes"}, 0, all, 0, 4);
        System.arraycopy(more, 0, all, 4, more.length);
        CommandLineRun run = CommandLineRun.of(all);
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        return run;
    }
}
