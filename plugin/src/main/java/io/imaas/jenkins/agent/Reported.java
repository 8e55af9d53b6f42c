package io.imaas.jenkins.agent;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Problem;
import io.imaas.model.source.CarFile;
import io.imaas.model.source.CycloneDx;
import io.imaas.model.source.MiProject;
import io.imaas.model.source.TestReport;
import io.imaas.model.source.TestSelection;
import io.imaas.port.CarBuilder;
import io.imaas.port.CarParts;
import io.imaas.port.CarVerifier;
import io.imaas.port.UnitTests;
import io.imaas.report.CoberturaXml;
import io.imaas.report.JUnitXml;
import io.imaas.report.Json;
import io.imaas.report.SarifReport;
import io.imaas.report.ToolVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.commons.io.file.PathUtils;

/**
 * Leaves what steps find in the workspace too, where the build archives it, in the formats that Jenkins and other tools
 * read: bills of materials, findings, and the results of tests, also of those that failed.
 */
record Reported(CarBuilder builder, CarParts parts, CarVerifier verifier, UnitTests tests, Path output)
        implements CarBuilder, CarVerifier, UnitTests {
    @Override
    public List<String> needsMaven(MiProject project, Options options) {
        return builder.needsMaven(project, options);
    }

    @Override
    public CarFile build(MiProject project, Options options, Consumer<String> log) {
        CarFile car = builder.build(project, options, log);
        write(
                "sbom/" + car.name() + ".cdx.json",
                Json.pretty(CycloneDx.of(car, parts.of(car), ToolVersion.current())) + "\n");
        return car;
    }

    @Override
    public List<Problem> lint(MiProject project) {
        return verifier.lint(project);
    }

    @Override
    public List<Problem> verify(MiProject project, CarFile car) {
        List<Problem> problems = verifier.verify(project, car);
        write("checks/" + project.artifactId() + ".sarif", SarifReport.of(problems, ToolVersion.current()));
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

    @Override
    public TestReport run(MiProject project, Order order, Consumer<String> log) {
        TestReport report = tests.run(project, order, log);
        write("tests/TEST-" + project.artifactId() + ".xml", JUnitXml.of(report));
        write("tests/coverage-" + project.artifactId() + ".xml", CoberturaXml.of(report));
        return report;
    }

    @Override
    public List<Prepared> prepare(MiProject project, TestSelection selection) {
        return tests.prepare(project, selection);
    }

    private void write(String name, String text) {
        try {
            Path file = output.resolve(name);
            PathUtils.createParentDirectories(file);
            Files.writeString(file, text);
        } catch (IOException e) {
            throw FailureException.external("a report can't be written: " + e, output.toString(), "make room", e);
        }
    }
}
