package io.imaas.adapter.oci;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.port.ImageBuilder.Built;
import io.imaas.testing.DockerDaemon;
import io.imaas.testing.Program;
import io.imaas.testing.RealRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rebuild and push after one edit of the CAR: Jib against {@code docker build} and {@code docker push} of the project
 * template's Dockerfile, on the same base, to the same docker-registry, in turns.
 */
@Tag("bench")
class ImageBench {
    private static final int ROUNDS = Integer.getInteger("imaas.tries", 7);

    @RegisterExtension
    static final DockerDaemon DAEMON = new DockerDaemon();

    @RegisterExtension
    static final RealRegistry REGISTRY = new RealRegistry();

    @TempDir
    Path folder;

    @Test
    void rebuildAndPushAfterOneEdit() throws Exception {
        for (int megabytes : new int[] {0, 20}) {
            measure(megabytes);
        }
    }

    private void measure(int megabytes) throws Exception {
        Program docker = Program.require("docker", "docker.io");
        MiProjectFolder project = new MiProjectFolder(folder.resolve("project" + megabytes));
        String base = new BaseImages(folder.resolve("b" + megabytes), REGISTRY.address(), megabytes << 20)
                .push("wso2/wso2mi" + megabytes, "/home/wso2carbon/wso2mi-4.4.0", "10802", "linux/amd64");
        long[] jib = new long[ROUNDS];
        long[] byDocker = new long[ROUNDS];
        for (int round = -2; round < ROUNDS; round++) { // the first two warm both up
            project.car(megabytes * 1000 + round);
            long begin = System.nanoTime();
            Built built = new JibImageBuilder(folder.resolve("cache"), RegistryCredentials.none())
                    .build(project.recipe(REGISTRY.address() + "/orders/jib" + megabytes, base, "1"), line -> {});
            long middle = System.nanoTime();
            dockerBuildAndPush(docker, project, base, REGISTRY.address() + "/orders/docker" + megabytes + ":1");
            long end = System.nanoTime();
            if (round >= 0) {
                jib[round] = middle - begin;
                byDocker[round] = end - middle;
                assertThat(built.bytesPushed()).isLessThan(Files.size(project.car()) + 5000);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "image after one CAR edit, base of %d MB: jib %d ms, docker build + push %d ms, ratio %.1f%n",
                megabytes,
                median(jib) / 1_000_000,
                median(byDocker) / 1_000_000,
                (double) median(byDocker) / median(jib));
    }

    private static void dockerBuildAndPush(Program docker, MiProjectFolder project, String base, String name)
            throws Exception {
        Path context = project.folder().resolve("deployment/docker");
        Path apps = Files.createDirectories(context.resolve("CompositeApps"));
        Files.copy(project.car(), apps.resolve("orders.car"), StandardCopyOption.REPLACE_EXISTING);
        docker.run(
                "--host",
                DAEMON.host(),
                "build",
                "--quiet",
                "--build-arg",
                "BASE_IMAGE=" + base,
                "--tag",
                name,
                context.toString());
        docker.run("--host", DAEMON.host(), "push", "--quiet", name);
    }

    private static long median(long[] times) {
        long[] sorted = times.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
