package io.imaas.cli;

import io.imaas.adapter.system.SystemClock;
import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.port.Clock;
import io.imaas.testing.Git;
import io.imaas.testing.TestKey;
import io.imaas.testing.Texts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A platform with one tenant, its registry, and a folder that stands for the cluster. */
abstract class OnboardWorld {
    @TempDir
    Path folder;

    LoopbackRegistry registry;
    Clock clock = new SystemClock();
    Git git;

    @BeforeEach
    void platform() throws IOException {
        registry = LoopbackRegistry.start(folder.resolve("registry"), 0);
        CommandLineRun.bareRepository(folder);
        git = Git.in(folder.resolve("orders-gitops.git"));
        write(
                "platform/platform.yaml",
                "platform: acme\nregistries: [\"" + registry.address() + "/acme\"]\n" + TestKey.listed());
        tenant(4);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    CommandLineRun onboard(String... more) {
        return run("onboard", more);
    }

    CommandLineRun run(String command, String... more) {
        return CommandLineRun.of(clock, arguments(command, more).toArray(String[]::new));
    }

    List<String> arguments(String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                command,
                "--platform",
                folder.resolve("platform").toString(),
                "--cluster-dir",
                folder.resolve("cluster").toString(),
                "--cache",
                folder.resolve("cache").toString()));
        arguments.addAll(List.of(more));
        return arguments;
    }

    long objects() throws IOException {
        return names("cluster").size();
    }

    void tenant(int pods) throws IOException {
        write(
                "platform/tenants/orders.yaml",
                "tenant: orders\nowners: [\"@acme/leads\"]\ncontact: orders@example.org\ngitops: file://"
                        + folder.resolve("orders-gitops.git") + "\nquota: {cpu: 2, memory: 4Gi, pods: " + pods
                        + "}\nservices:\n  - name: api\n    repository: https://git.example.org/api.git\n"
                        + "    type: gateway\n");
    }

    void write(String path, String text) throws IOException {
        Texts.write(folder, path, text);
    }

    /** Of all files in a folder; drafts are none yet. */
    List<String> names(String of) throws IOException {
        Path root = folder.resolve(of);
        while (true) {
            try (Stream<Path> files = Files.exists(root) ? Files.walk(root) : Stream.<Path>empty()) {
                return files.filter(Files::isRegularFile)
                        .map(file -> root.relativize(file).toString())
                        .filter(name -> !name.endsWith(".tmp"))
                        .sorted()
                        .toList();
            } catch (UncheckedIOException moved) {
                // The other process gave a file its name just now: look again.
            }
        }
    }
}
