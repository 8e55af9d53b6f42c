package io.imaas.adapter.mi.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.source.MiProject;
import io.imaas.model.source.MiProject.Layout;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project of 300 artifacts, each some kilobytes and naming three others. */
@Tag("bench")
class LintBench {
    private static final int ARTIFACTS = 300;

    @TempDir
    private Path folder;

    @Test
    void threeHundredArtifacts() throws IOException {
        Path sequences = Files.createDirectories(folder.resolve("src/main/wso2mi/artifacts/sequences"));
        for (int i = 0; i < ARTIFACTS; i++) {
            StringBuilder body = new StringBuilder();
            for (int j = 0; j < 40; j++) {
                body.append("  <property name=\"p")
                        .append(j)
                        .append("\" value=\"${configs.key}\" scope=\"default\"/>\n");
                body.append("  <log level=\"custom\"><property name=\"x\" expression=\"json-eval($.a)\"/></log>\n");
            }
            for (int j = 1; j <= 3; j++) {
                body.append("  <sequence key=\"S").append((i + j) % ARTIFACTS).append("\"/>\n");
            }
            Files.writeString(
                    sequences.resolve("S" + i + ".xml"),
                    "<sequence name=\"S" + i + "\" xmlns=\"http://ws.apache.org/ns/synapse\">\n" + body
                            + "</sequence>\n");
        }
        Files.writeString(
                Files.createDirectories(folder.resolve("src/main/wso2mi/resources/conf"))
                        .resolve("config.properties"),
                "key:string\n");
        MiProject project = new MiProject(
                folder.toString(),
                Layout.VS_CODE,
                "g",
                "a",
                "1",
                "4.4.0",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (int round = 1; round <= 5; round++) {
            long start = System.nanoTime();
            long cpu = threads.getCurrentThreadCpuTime();
            assertThat(new ProjectVerifier().lint(project)).isEmpty();
            // Processor time too: the wall clock says more of the machine's other work than of ours.
            System.out.println("lint of " + ARTIFACTS + " artifacts, round " + round + ": "
                    + (System.nanoTime() - start) / 1_000_000 + " ms, processor "
                    + (threads.getCurrentThreadCpuTime() - cpu) / 1_000_000 + " ms");
        }
    }
}
