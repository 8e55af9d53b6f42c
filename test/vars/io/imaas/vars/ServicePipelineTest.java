package io.imaas.vars;

import static io.imaas.vars.ExpectedCalls.assertShows;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.vars.PretendedJenkins.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code imaasPipeline()} in a service's repository, each case as plain Groovy and as Jenkins transforms it. */
class ServicePipelineTest {
    private static final Path EXAMPLE = Path.of("examples/services/order-api/Jenkinsfile");

    @ParameterizedTest
    @EnumSource
    void aPushToTheFirstEnvironmentsBranchIsBuiltReleasedAndRolledOut(Mode mode) throws IOException {
        assertShows("push-to-dev", example(new PretendedJenkins(mode).plans(Plans.delivery())));
    }

    @ParameterizedTest
    @EnumSource
    void sourcesWithAnImageNeedNoAgent(Mode mode) throws IOException {
        String calls = example(new PretendedJenkins(mode).plans(Plans.deliveryOfKnownSources()));

        assertShows("known-sources", calls);
        assertThat(calls).doesNotContain("node", "podTemplate", "Checkout");
    }

    @ParameterizedTest
    @EnumSource
    void aSkippedStageBetweenTwoOthersKeepsTheAgentAndItsWorkspace(Mode mode) throws IOException {
        String calls = example(new PretendedJenkins(mode).plans(Plans.deliveryWithoutSuites()));

        assertShows("no-suites", calls);
        assertThat(calls).containsOnlyOnce("node");
    }

    @ParameterizedTest
    @EnumSource
    void stepsOfAGroupRunSideBySideUnderNamesOfTheirOwn(Mode mode) throws IOException {
        assertShows("two-projects", example(new PretendedJenkins(mode).plans(Plans.deliveryOfTwoProjects())));
    }

    @ParameterizedTest
    @EnumSource
    void aFailureBesideOthersLetsThemEndAndStopsWhatFollows(Mode mode) throws IOException {
        String calls = example(new PretendedJenkins(mode)
                .plans(Plans.deliveryOfTwoProjects())
                .failsAt("build", "order-api: OrderAPI.xml:7: end tag missing"));

        assertShows("two-projects-one-fails", calls);
        assertThat(calls).contains("1/build-sync").doesNotContain("imaasTest");
    }

    @ParameterizedTest
    @EnumSource
    void afterAFailureInTheMiddleTheReportsAreKeptAndNothingIsReleased(Mode mode) throws IOException {
        String calls = example(
                new PretendedJenkins(mode).plans(Plans.delivery()).failsAt("tests", "2 of 14 unit tests failed"));

        assertShows("tests-fail", calls);
        assertThat(calls).contains("archiveArtifacts").doesNotContain("imaasImage", "imaasRelease");
    }

    @ParameterizedTest
    @EnumSource
    void aSoftStopGoesOnAndTheRunIsUnstable(Mode mode) throws IOException {
        assertShows(
                "soft-stop",
                example(new PretendedJenkins(mode).plans(Plans.delivery()).softStopAt("check")));
    }

    @ParameterizedTest
    @EnumSource
    void aFeatureBranchIsCheckedAndNothingElse(Mode mode) throws IOException {
        assertShows("feature-branch", example(new PretendedJenkins(mode).plans(Plans.featureBranch())));
    }

    @ParameterizedTest
    @EnumSource
    void aPullRequestIsCheckedAndToldAbout(Mode mode) throws IOException {
        assertShows("pull-request", example(new PretendedJenkins(mode).plans(Plans.pullRequest())));
    }

    @ParameterizedTest
    @EnumSource
    void aPullRequestIsToldAlsoWhenItsTestsFail(Mode mode) throws IOException {
        String calls = example(
                new PretendedJenkins(mode).plans(Plans.pullRequest()).failsAt("tests", "2 of 14 unit tests failed"));

        assertShows("pull-request-fails", calls);
    }

    @ParameterizedTest
    @EnumSource
    void aForksPullRequestIsCheckedWithoutAComment(Mode mode) throws IOException {
        assertShows("forked-pull-request", example(new PretendedJenkins(mode).plans(Plans.forkedPullRequest())));
    }

    @ParameterizedTest
    @EnumSource
    void aMergeToTheNextEnvironmentsBranchPromotesWithoutAnAgent(Mode mode) throws IOException {
        String calls = example(new PretendedJenkins(mode).plans(Plans.promotion("test")));

        assertShows("merge-to-test", calls);
        assertThat(calls).doesNotContain("node", "podTemplate");
    }

    @ParameterizedTest
    @EnumSource
    void aClosedGateEndsTheRunBeforeAnythingIsDone(Mode mode) throws IOException {
        String calls = example(new PretendedJenkins(mode)
                .plans(Plans.promotion("prod")
                        .with("summary", "order-api waits for an approval")
                        .blocked()));

        assertShows("merge-to-prod-blocked", calls);
        assertThat(calls).doesNotContain("imaasPromote", "imaasRollout");
    }

    @ParameterizedTest
    @EnumSource
    void aTagMakesAnImage(Mode mode) throws IOException {
        assertShows("tag", example(new PretendedJenkins(mode).plans(Plans.tag())));
    }

    @ParameterizedTest
    @EnumSource
    void nothingToDoIsSaidAndSucceeds(Mode mode) throws IOException {
        assertShows("nothing", example(new PretendedJenkins(mode).plans(Plans.nothing())));
    }

    @ParameterizedTest
    @EnumSource
    void overridesGoToThePlanAndALabelChoosesTheAgent(Mode mode) throws IOException {
        assertShows(
                "label",
                new PretendedJenkins(mode)
                        .plans(Plans.delivery())
                        .run("imaasPipeline(label: 'maven && linux', timeout: 30)"));
    }

    private String example(PretendedJenkins jenkins) throws IOException {
        return jenkins.runFile(Files.readString(EXAMPLE));
    }
}
