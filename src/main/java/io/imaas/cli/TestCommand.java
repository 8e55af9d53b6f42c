package io.imaas.cli;

import io.imaas.app.Projects;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.source.MiProject;
import io.imaas.model.source.TestReport;
import io.imaas.model.source.TestSelection;
import io.imaas.model.tenancy.Platform.NoTests;
import io.imaas.model.tenancy.ServiceSettings;
import io.imaas.port.TestServer;
import io.imaas.port.UnitTests;
import io.imaas.port.UnitTests.Prepared;
import io.imaas.report.CoberturaXml;
import io.imaas.report.JUnitXml;
import io.imaas.report.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code imaas test}: runs the unit-test suites of MI projects. */
@Command(
        name = "test",
        description = "Run MI unit-test suites. Every suite and every case must have a result.",
        footer = {
            "",
            "Results: target/imaas/{unit-tests.xml,unit-tests.json,coverage.xml} below the project.",
            "Servers, time limit and policy come from imaas.yaml unless an option is given.",
            "Exit codes: 0 all passed, 1 one failed, was not loaded or has no result, 3 wrong input,",
            "5 no tests and --no-tests fail, 6 no server can be reached."
        })
public final class TestCommand extends CliCommand {
    @Mixin
    private final ProjectOptions where = new ProjectOptions();

    @Mixin
    private TestServerOptions servers;

    @Option(
            names = "--suite",
            paramLabel = "PATTERN",
            description = "only suites with this path or file name; * matches anything; repeatable")
    private List<String> suites = List.of();

    @Option(
            names = "--case",
            paramLabel = "PATTERN",
            description = "only cases with this name; * matches anything; repeatable")
    private List<String> cases = List.of();

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "time limit for each suite (default: as imaas.yaml says, else 60s)")
    private Duration timeout;

    @Option(
            names = "--no-tests",
            paramLabel = "fail|warn|ignore",
            description = "what to do if there is no suite (default: as imaas.yaml says, else warn)")
    private NoTests noTests;

    @Option(names = "--dry-run", description = "show what would be sent to which server, and send nothing")
    private boolean dryRun;

    @Mixin
    private FormatOption format;

    @Override
    protected int run() {
        Projects projects = where.projects();
        ServiceSettings.Tests settings = where.settings().tests();
        List<MiProject> found = where.all(projects);
        TestSelection selection = new TestSelection(suites, cases);
        List<Prepared> prepared = prepared(found, projects, selection);
        if (prepared.isEmpty()) {
            List<Prepared> all = prepared(found, projects, TestSelection.ALL);
            if (!all.isEmpty()) {
                throw nothingSelected(all);
            }
            return withoutTests(settings.policy());
        }
        if (dryRun) {
            return announce(prepared);
        }
        if (!servers.given() && settings.servers().isEmpty()) {
            throw FailureException.input(
                    prepared.size() + (prepared.size() == 1 ? " suite, but" : " suites, but") + " no unit-test server",
                    where.folder().toString(),
                    "give --test-server HOST:PORT, --mi-home DIR or --mi-image REF, or name 'tests.servers' in"
                            + " imaas.yaml");
        }
        return run(found, projects, settings, selection);
    }

    private static List<Prepared> prepared(List<MiProject> found, Projects projects, TestSelection selection) {
        return found.stream()
                .flatMap(project -> projects.ports().tests().prepare(project, selection).stream())
                .toList();
    }

    private FailureException nothingSelected(List<Prepared> all) {
        TestSelection bySuite = new TestSelection(suites, List.of());
        String known = all.stream()
                .filter(suite -> bySuite.takesSuite(suite.file()))
                .flatMap(suite -> suite.cases().stream())
                .limit(20)
                .collect(Collectors.joining(", "));
        return known.isEmpty()
                ? FailureException.input(
                        "no suite is named " + String.join(", ", suites),
                        where.folder().toString(),
                        "there are "
                                + all.stream().map(Prepared::file).limit(20).collect(Collectors.joining(", ")))
                : FailureException.input(
                        "no case is named " + String.join(", ", cases),
                        where.folder().toString(),
                        "there are " + known);
    }

    private int run(List<MiProject> found, Projects projects, ServiceSettings.Tests settings, TestSelection selection) {
        List<Result> results = new ArrayList<>();
        Duration limit = timeout == null ? settings.timeout() : timeout;
        try (TestServerOptions.Running running = servers.open(System.getenv(), err()::println)) {
            List<TestServer> used = servers.given()
                    ? running.servers()
                    : settings.servers().stream().map(TestServer::at).toList();
            for (MiProject project : found) {
                TestReport report = projects.ports()
                        .tests()
                        .run(project, new UnitTests.Order(used, selection, limit), err()::println);
                if (!report.suites().isEmpty()) {
                    write(project, report);
                    results.add(new Result(project.folder(), report.passed(), report));
                }
            }
        }
        if (format.json()) {
            out().println(Json.pretty(Map.of("projects", results)));
        } else {
            results.forEach(result -> new TestText(out()).print(result.report()));
        }
        boolean passed = results.stream().allMatch(Result::passed);
        return passed ? 0 : FailureKind.FAILED.exitCode();
    }

    private static void write(MiProject project, TestReport report) {
        ReportFolder reports = ReportFolder.of(project.folder());
        reports.write("unit-tests.xml", JUnitXml.of(report));
        reports.write("unit-tests.json", Json.pretty(report) + "\n");
        reports.write("coverage.xml", CoberturaXml.of(report));
    }

    private int withoutTests(NoTests wished) {
        NoTests policy = noTests != null ? noTests : wished == NoTests.IGNORE ? NoTests.WARN : wished;
        String words = "there is no unit-test suite";
        if (policy == NoTests.FAIL) {
            throw FailureException.policy(words, where.folder().toString(), "write one below src/test/wso2mi");
        }
        if (policy == NoTests.WARN) {
            err().println("warning: " + where.folder() + ": " + words);
        }
        if (format.json()) {
            out().println(Json.pretty(Map.of("projects", List.of())));
        }
        return 0;
    }

    private int announce(List<Prepared> prepared) {
        if (format.json()) {
            Map<String, Object> plan = new LinkedHashMap<>();
            plan.put("servers", servers.described());
            plan.put("suites", prepared);
            out().println(Json.pretty(plan));
            return 0;
        }
        out().println("servers: " + (servers.given() ? String.join(", ", servers.described()) : "none given"));
        for (Prepared suite : prepared) {
            out().println(suite.file() + ": " + suite.cases().size()
                    + (suite.cases().size() == 1 ? " case" : " cases")
                    + (suite.problem().isEmpty()
                            ? ", " + suite.requestBytes() + " bytes"
                            : "; can't be sent: " + suite.problem()));
        }
        return 0;
    }

    private record Result(String project, boolean passed, TestReport report) {}
}
