package io.imaas.jenkins.agent;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Problem;
import io.imaas.model.source.CarFile;
import io.imaas.model.source.MiProject;
import io.imaas.port.CarVerifier;
import io.imaas.report.SarifReport;
import io.imaas.report.ToolVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Leaves what was found in the workspace too, in the format that code-scanning tools read. */
final class ReportedVerifier implements CarVerifier {
    private final CarVerifier verifier;
    private final Path output;

    ReportedVerifier(CarVerifier verifier, Path output) {
        this.verifier = verifier;
        this.output = output;
    }

    @Override
    public List<Problem> lint(MiProject project) {
        return verifier.lint(project);
    }

    @Override
    public List<Problem> verify(MiProject project, CarFile car) {
        List<Problem> problems = verifier.verify(project, car);
        try {
            Path folder = Files.createDirectories(output.resolve("checks"));
            Files.writeString(
                    folder.resolve(project.artifactId() + ".sarif"), SarifReport.of(problems, ToolVersion.current()));
        } catch (IOException e) {
            throw FailureException.external("findings can't be written: " + e, output.toString(), "make room", e);
        }
        return problems;
    }

    @Override
    public Map<MiProject, List<Problem>> between(List<MiProject> projects) {
        return verifier.between(projects);
    }

    @Override
    public List<Problem> fix(MiProject project, Predicate<Problem> wanted) {
        return verifier.fix(project, wanted);
    }
}
