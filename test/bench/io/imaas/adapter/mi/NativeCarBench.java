package io.imaas.adapter.mi;

import io.imaas.adapter.mi.build.NativeCarBuilder;
import io.imaas.adapter.mi.maven.MavenCarBuilder;
import io.imaas.adapter.process.LocalProcesses;
import io.imaas.model.source.MiProject;
import io.imaas.port.CarBuilder.Choice;
import io.imaas.port.Processes.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much sooner a natively packed CAR is there. */
@Tag("bench")
class NativeCarBench {
    private static final int ROUNDS = 9;

    @TempDir
    private Path scratch;

    @Test
    void nativeAgainstThePlugin() {
        Path folder = Fixtures.copy(Fixtures.CORPUS.resolve("every-kind"), scratch.resolve("every-kind"));
        List<String> maven =
                List.of("mvn", "-B", "-q", "-o", "-Dmaven.repo.local=" + Fixtures.localRepository(), "package");
        Map<String, String> environment = Map.of("MAVEN_OPTS", "-Dmaven.repo.local=" + Fixtures.localRepository());
        long first = detectAndPack(folder);
        double natively = median(() -> detectAndPack(folder));
        // The first run fetches what is missing, where that is allowed.
        new MavenCarBuilder(new LocalProcesses(), Duration.ofMinutes(10))
                .build(Fixtures.project(folder), Fixtures.options(Choice.MAVEN, scratch.resolve("maven")), line -> {});
        double plugin = nanos(() ->
                new LocalProcesses().run(new Command(maven, folder, environment, Duration.ofMinutes(10)), line -> {}));

        System.out.printf(
                "native CAR: first %.0f ms, then %.1f ms; mvn -o package: %.0f ms; ratio %.0fx (first: %.0fx)%n",
                first / 1e6, natively / 1e6, plugin / 1e6, plugin / natively, plugin / first);
    }

    @Test
    void threeHundredArtifacts() {
        MiFolder folder = MiFolder.in(scratch.resolve("big"));
        for (int i = 0; i < 100; i++) {
            folder.sequence("S" + i)
                    .with(MiFolder.ARTIFACTS + "endpoints/E" + i + ".xml", "<endpoint name=\"E" + i + "\"/>")
                    .with(
                            MiFolder.ARTIFACTS + "apis/A" + i + ".xml",
                            "<api name=\"A" + i + "\" context=\"/" + i + "\"/>");
        }
        long first = detectAndPack(folder.root());

        System.out.printf(
                "300 artifacts natively, detection included: first %.0f ms, then %.0f ms%n",
                first / 1e6, median(() -> detectAndPack(folder.root())) / 1e6);
    }

    private long detectAndPack(Path folder) {
        return nanos(() -> {
            MiProject project = Fixtures.project(folder);
            new NativeCarBuilder().build(project, Fixtures.options(Choice.NATIVE, scratch.resolve("out")), line -> {});
        });
    }

    private static double median(java.util.function.LongSupplier timed) {
        long[] all = new long[ROUNDS];
        Arrays.setAll(all, i -> timed.getAsLong());
        Arrays.sort(all);
        return all[ROUNDS / 2];
    }

    private static long nanos(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return System.nanoTime() - start;
    }
}
