package io.imaas.adapter.mi.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.mi.build.NativeCarBuilder;
import io.imaas.adapter.mi.project.MiProjectDetector;
import io.imaas.model.source.CarFile;
import io.imaas.model.source.MiProject;
import io.imaas.port.CarBuilder.Choice;
import io.imaas.port.CarBuilder.Options;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How lint grows with the project: 1,000, 2,000 and 4,000 artifacts of some kilobytes each. Twice the work should take
 * twice the time, in sound projects and in those where everything is wrong.
 */
@Tag("bench")
class LintBench {
    private static final List<Integer> SIZES = List.of(500, 1000, 2000, 4000);

    @TempDir
    private Path folder;

    @Test
    void soundProjects() throws Exception {
        for (int size : SIZES) {
            GeneratedProject project = GeneratedProject.vsCode(folder.resolve("sound" + size), size, false);
            assertThat(measure("sound", size, () -> new ProjectVerifier().lint(only(project.root()))))
                    .isEmpty();
        }
    }

    @Test
    void faultyProjects() throws Exception {
        for (int size : SIZES) {
            GeneratedProject project = GeneratedProject.vsCode(folder.resolve("faulty" + size), size, true);
            assertThat(measure("faulty", size, () -> new ProjectVerifier().lint(only(project.root()))))
                    .hasSizeGreaterThan(size);
        }
    }

    @Test
    void projectsOfIntegrationStudio() throws Exception {
        for (int size : SIZES) {
            GeneratedProject project = GeneratedProject.studio(folder.resolve("studio" + size), size);
            assertThat(measure("studio", size, () -> new ProjectVerifier().lint(only(project.root()))))
                    .hasSizeGreaterThan(size / 2);
        }
    }

    @Test
    void carsHeldAgainstTheirSources() throws Exception {
        for (int size : SIZES) {
            Path root = GeneratedProject.vsCode(folder.resolve("car" + size), size, false)
                    .root();
            CarFile car = new NativeCarBuilder()
                    .build(
                            only(root),
                            new Options(Choice.NATIVE, folder, root.resolve("target"), false, true),
                            line -> {});
            assertThat(measure("car", size, () -> new ProjectVerifier().verify(only(root), car)))
                    .isEmpty();
        }
    }

    private static MiProject only(Path root) {
        return new MiProjectDetector().inspect(root).get(0);
    }

    /** Processor time too: the wall clock says more of the machine's other work than of ours. */
    private static <T> T measure(String what, int artifacts, Callable<T> work) throws Exception {
        long start = System.nanoTime();
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        T result = work.call();
        System.out.printf(
                "lint %-7s %5d artifacts: %6d ms, processor %6d ms%n",
                what,
                artifacts,
                (System.nanoTime() - start) / 1_000_000,
                (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1_000_000);
        return result;
    }
}
