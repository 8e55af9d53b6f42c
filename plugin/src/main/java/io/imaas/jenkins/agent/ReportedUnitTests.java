package io.imaas.jenkins.agent;

import io.imaas.model.failure.FailureException;
import io.imaas.model.source.MiProject;
import io.imaas.model.source.TestReport;
import io.imaas.model.source.TestSelection;
import io.imaas.port.UnitTests;
import io.imaas.report.CoberturaXml;
import io.imaas.report.JUnitXml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Leaves the results in the workspace too, in the formats that Jenkins reads; also those of tests that failed. */
final class ReportedUnitTests implements UnitTests {
    private final UnitTests tests;
    private final Path output;

    ReportedUnitTests(UnitTests tests, Path output) {
        this.tests = tests;
        this.output = output;
    }

    @Override
    public TestReport run(MiProject project, Order order, Consumer<String> log) {
        TestReport report = tests.run(project, order, log);
        try {
            Path folder = Files.createDirectories(output.resolve("tests"));
            Files.writeString(folder.resolve("TEST-" + project.artifactId() + ".xml"), JUnitXml.of(report));
            Files.writeString(folder.resolve("coverage-" + project.artifactId() + ".xml"), CoberturaXml.of(report));
        } catch (IOException e) {
            throw FailureException.external("results can't be written: " + e, output.toString(), "make room", e);
        }
        return report;
    }

    @Override
    public List<Prepared> prepare(MiProject project, TestSelection selection) {
        return tests.prepare(project, selection);
    }
}
