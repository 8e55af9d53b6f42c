package io.imaas.step.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Location;
import io.imaas.model.failure.Place;
import io.imaas.model.source.MiProject;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.step.BuildArtifact;
import io.imaas.port.Workspaces.Workspace;
import io.imaas.testing.Silence;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildArtifactRunnerTest {
    @ParameterizedTest
    @CsvSource({
        "a/b, src/main/A.xml:2:1, a/b/src/main/A.xml:2:1",
        "'', src/main/A.xml:2:1, src/main/A.xml:2:1",
        "a, /elsewhere/A.xml, /elsewhere/A.xml",
        "a, '', ''"
    })
    void aFileIsToldAsTheRepositoryHasIt(String path, String where, String told) {
        MiProject project = new MiProject(
                "",
                MiProject.Layout.VS_CODE,
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
        BuildArtifactRunner runner = new BuildArtifactRunner(
                folder -> List.of(project),
                (any, options, log) -> {
                    throw FailureException.input("not well-formed", "", "")
                            .at(where.isEmpty() ? Place.Named.NONE : Location.parse(where));
                },
                service -> new Workspace(Path.of("sources"), Path.of("out"), Path.of("m2"), true));
        BuildArtifact step = new BuildArtifact("build", new ServiceName("api"), path, "native", false);

        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> runner.run(step, new Silence()))
                .satisfies(e -> assertThat(e.failure().where().toString()).isEqualTo(told));
    }
}
