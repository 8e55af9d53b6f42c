package io.imaas.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.adapter.mi.MiFolder;
import io.imaas.adapter.mi.project.MiProjectDetector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which Java a project's Micro Integrator runs on is known by the same table as everywhere. */
class JavaCheckTest {
    @TempDir
    private Path folder;

    private MiFolder project;

    @BeforeEach
    void aJdkAndAProject() throws IOException {
        Files.createDirectories(folder.resolve("jdk/bin"));
        Files.createFile(folder.resolve("jdk/bin/javac"));
        project = MiFolder.in(folder.resolve("project"));
    }

    private CheckResult check(int java, String runtime) {
        project.pomWith("<properties><project.runtime.version>" + runtime + "</project.runtime.version></properties>");
        return new JavaCheck(folder.resolve("jdk"), java, project.root(), new MiProjectDetector()).get();
    }

    @Test
    void aJavaOfTheTableIsFit() {
        assertThat(check(17, "4.4.0").toString()).contains("fit for");
        assertThat(check(11, "4.1.0").toString()).contains("fit for");
        assertThatThrownBy(() -> check(17, "4.6.0")).hasMessageContaining("too old for Micro Integrator 4.6.0");
    }

    @Test
    void aVersionThatIsNoneIsRefusedAndAMissingOneIsNot() {
        assertThatThrownBy(() -> check(17, "four"))
                .hasMessageContaining("project.runtime.version 'four' is not a version of the Micro Integrator");
        assertThat(check(17, "").toString()).contains("is not known");
    }

    @Test
    void aNewerJavaIsToldOnlyWhereClassesAreCompiled() {
        assertThat(check(21, "4.3.0").toString()).contains("fit for");
        project.with("src/main/java/M.java", "class M {}");
        assertThat(check(21, "4.3.0").toString()).contains("let the project compile for Java 17");
    }
}
