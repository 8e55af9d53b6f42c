package io.imaas.step.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.failure.Location;
import io.imaas.model.failure.Problem;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.LintLevels;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Platform.NoTests;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.Plan;
import io.imaas.plan.step.BuildArtifact;
import io.imaas.plan.step.ReportToPullRequest;
import io.imaas.plan.step.RunUnitTests;
import io.imaas.plan.step.StepGroup;
import io.imaas.plan.step.VerifyArtifact;
import io.imaas.port.PullRequests;
import io.imaas.run.Outcome;
import io.imaas.run.RetryPolicy;
import io.imaas.run.RunResult;
import io.imaas.run.Runner;
import io.imaas.run.StepContext;
import io.imaas.run.StepRunner;
import io.imaas.run.StepRunners;
import io.imaas.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportToPullRequestRunnerTest {
    private static final ServiceName API = new ServiceName("api");

    private final Told told = new Told();

    @Test
    void peopleAreToldWhenEverythingIsGood() {
        RunResult result = run(Optional.of(told), Outcome.done(null, List.of()));

        assertThat(result.status()).isEqualTo(RunResult.Status.SUCCEEDED);
        assertThat(told.comments).singleElement().asString().contains("all checks are good", "the preview");
        assertThat(told.statuses).containsExactly("SUCCESS imaas/check https://ci.example/7");
    }

    @Test
    void peopleAreToldAboveAllWhenAHardStopEndedThePlan() {
        Outcome broken = new Outcome.Failed(
                new Failure(FailureKind.INPUT, "no such sequence", "a.xml:3", "fix it"),
                List.of(Problem.error("x", new Location("a.xml", 3, 0), "no @acme/all <b>|sequence|", "")));
        RunResult result = run(Optional.of(told), broken);

        assertThat(result.status()).isEqualTo(RunResult.Status.FAILED);
        assertThat(told.comments)
                .singleElement()
                .asString()
                .contains("1 check failed", "a.xml:3", "| Unit tests of api | not run |")
                .doesNotContain("@acme/all", "<b>", "|sequence|");
        assertThat(told.annotations)
                .as("where the service's sources are in its repository")
                .containsExactly("services/api/a.xml:3 **error** no @\u200bacme/all &lt;b&gt;\\|sequence\\| \\[x\\]");
        assertThat(told.statuses).containsExactly("FAILURE imaas/check https://ci.example/7");
    }

    @Test
    void whatIsRefusedWhateverTheStepsSayIsRed() {
        ReportToPullRequest refused = new ReportToPullRequest(
                "report",
                new RepositoryUrl("https://ci.example/acme/platform.git"),
                7,
                new CommitId("1".repeat(40)),
                "imaas-onboarding",
                "Onboarding",
                "the preview",
                Map.of(),
                "https://ci.example/7",
                "2 errors in the platform's files",
                Map.of(),
                List.of(Problem.error("unknown-key", new Location("tenants/orders.yaml", 4, 3), "no such key", "")));
        Plan plan = new Plan("Tell", null, List.of(), List.of(StepGroup.of(refused)), List.of());
        StepRunners runners = new StepRunners(List.of(new ReportToPullRequestRunner(url -> Optional.of(told))));
        RunResult result = new Runner(
                        runners, new ManualClock("2026-11-20T10:00:00Z"), event -> {}, RetryPolicy.DEFAULT)
                .run(plan);

        assertThat(result.status()).isEqualTo(RunResult.Status.SUCCEEDED);
        assertThat(told.comments)
                .singleElement()
                .asString()
                .contains("2 errors in the platform's files", "the preview")
                .doesNotContain("|---|");
        assertThat(told.annotations).singleElement().asString().startsWith("tenants/orders.yaml:4:3 **error** no such");
        assertThat(told.statuses).containsExactly("FAILURE imaas-onboarding https://ci.example/7");
    }

    @Test
    void aServerWithoutPullRequestsIsNoFailure() {
        RunResult result = run(Optional.empty(), Outcome.done(null, List.of()));

        assertThat(result.status()).isEqualTo(RunResult.Status.SUCCEEDED);
        assertThat(told.comments).isEmpty();
    }

    private RunResult run(Optional<PullRequests> server, Outcome verified) {
        BuildArtifact build = new BuildArtifact("build", API, "", "auto", false);
        VerifyArtifact check = new VerifyArtifact("check", API, "build", LintLevels.DEFAULTS);
        RunUnitTests tests = new RunUnitTests("tests", API, "build", NoTests.WARN, List.of(), Duration.ofSeconds(1));
        Map<String, String> about = new LinkedHashMap<>();
        List.of(build, check, tests).forEach(step -> about.put(step.id(), step.title()));
        ReportToPullRequest report = new ReportToPullRequest(
                "report",
                new RepositoryUrl("https://github.com/acme/api.git"),
                5,
                new CommitId("a".repeat(40)),
                "imaas/check",
                "Check api",
                "the preview",
                about,
                "https://ci.example/7",
                "",
                Map.of("check", "services/api"),
                List.of());
        Plan plan = new Plan(
                "Check api",
                null,
                List.of(),
                List.of(StepGroup.of(build), StepGroup.of(check), StepGroup.of(tests), StepGroup.of(report)),
                List.of());
        StepRunners runners = new StepRunners(List.of(
                always(BuildArtifact.class, Outcome.done(null, List.of())),
                always(VerifyArtifact.class, verified),
                always(RunUnitTests.class, Outcome.done(null, List.of())),
                new ReportToPullRequestRunner(url -> server)));
        return new Runner(runners, new ManualClock("2026-11-20T10:00:00Z"), event -> {}, RetryPolicy.DEFAULT).run(plan);
    }

    private static <S extends io.imaas.plan.step.PlannedStep> StepRunner<S> always(Class<S> kind, Outcome outcome) {
        return new StepRunner<>() {
            @Override
            public Class<S> kind() {
                return kind;
            }

            @Override
            public Outcome run(S step, StepContext context) {
                return outcome;
            }
        };
    }

    /** Writes down what people are told. */
    private static final class Told implements PullRequests {
        @Override
        public Optional<Merge> mergedAs(CommitId commit) {
            throw new AssertionError("nothing was merged");
        }

        @Override
        public List<Review> reviews(int number) {
            throw new AssertionError("nobody asks for reviews");
        }

        @Override
        public void deployed(Deployment deployment) {
            throw new AssertionError("nothing was deployed");
        }

        @Override
        public int annotate(int number, CommitId head, String marker, List<Found> found) {
            found.forEach(each -> annotations.add(each.problem().where() + " " + each.markdown()));
            return found.size();
        }

        private final List<String> annotations = new ArrayList<>();
        private final List<String> comments = new ArrayList<>();
        private final List<String> statuses = new ArrayList<>();

        @Override
        public PullRequest open(BranchName from, BranchName into, String title, String body) {
            throw new AssertionError();
        }

        @Override
        public Optional<PullRequest> find(int number) {
            throw new AssertionError();
        }

        @Override
        public void comment(int number, String marker, String markdown) {
            comments.add(markdown);
        }

        @Override
        public void status(CommitId commit, String context, State state, String description, String url) {
            statuses.add(state + " " + context + " " + url);
        }

        @Override
        public Optional<CommitId> mergeWhenAllowed(int number, CommitId expectedHead) {
            throw new AssertionError();
        }
    }
}
