package io.imaas.step.runner;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.failure.Location;
import io.imaas.model.failure.Problem;
import io.imaas.model.source.MiProject;
import io.imaas.model.source.TestReport;
import io.imaas.model.source.TestSelection;
import io.imaas.plan.step.RunUnitTests;
import io.imaas.port.TestServer;
import io.imaas.port.UnitTests;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepOutput;
import io.imaas.run.StepRunner;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Runs the unit-test suites, or says plainly that they did not run; never passes what did not. */
public final class RunUnitTestsRunner implements StepRunner<RunUnitTests> {
    private static final StepOutput NOT_RUN = new StepOutput.TestsReported(new TestReport(List.of()), "not-run");

    private final UnitTests tests;
    private final List<InetSocketAddress> servers;

    /** @param servers for steps that name none */
    public RunUnitTestsRunner(UnitTests tests, List<InetSocketAddress> servers) {
        this.tests = tests;
        this.servers = List.copyOf(servers);
    }

    @Override
    public Outcome run(RunUnitTests step, StepContext context) {
        MiProject project =
                context.output(step.build(), StepOutput.ArtifactBuilt.class).project();
        int suites = project.suites().size();
        if (suites == 0) {
            return without(step, "there is no unit-test suite", "write one below src/test/wso2mi");
        }
        List<InetSocketAddress> used = step.servers().isEmpty() ? servers : step.servers();
        if (used.isEmpty()) {
            return without(
                    step,
                    suites + (suites == 1 ? " suite" : " suites") + " found, not run: no MI unit-test server was given",
                    "give one: --test-server HOST:PORT on the command line, 'Unit-test servers' in the configuration of"
                            + " Jenkins");
        }
        TestReport report = tests.run(
                project,
                new UnitTests.Order(used.stream().map(TestServer::at).toList(), TestSelection.ALL, step.timeout()),
                context::log);
        if (!report.passed()) {
            List<Problem> problems = problems(report);
            return new Outcome.Failed(
                    new Failure(
                            FailureKind.FAILED,
                            problems.size() + " of " + report.cases() + " unit tests did not pass: "
                                    + problems.get(0).what(),
                            problems.get(0).where().toString(),
                            "see the test report"),
                    problems);
        }
        return Outcome.done(new StepOutput.TestsReported(report, "passed"), List.of());
    }

    /** Every suite without a result and every case that did not pass. */
    private static List<Problem> problems(TestReport report) {
        List<Problem> problems = new ArrayList<>();
        for (TestReport.Suite suite : report.suites()) {
            Location where = Location.of(suite.file());
            if (!suite.problem().isEmpty()) {
                problems.add(Problem.error("suite", where, suite.problem(), ""));
            }
            for (TestReport.Case one : suite.cases()) {
                if (one.verdict() != TestReport.Verdict.PASSED) {
                    String verdict = one.verdict().name().toLowerCase(Locale.ROOT);
                    problems.add(
                            Problem.error("test", where, one.name() + " is " + verdict + ": " + one.message(), ""));
                }
            }
        }
        if (problems.isEmpty()) {
            problems.add(Problem.error("test", Location.of(""), "no case gave a result", "look into the suites"));
        }
        return problems;
    }

    private static Outcome without(RunUnitTests step, String reason, String fix) {
        return switch (step.noTests()) {
            case FAIL ->
                Outcome.failed(
                        new Failure(FailureKind.POLICY, reason, step.service().value(), fix));
            case WARN -> new Outcome.Skipped(reason + "; " + fix, NOT_RUN, true);
            case IGNORE -> new Outcome.Skipped(reason + "; " + fix, NOT_RUN, false);
        };
    }
}
