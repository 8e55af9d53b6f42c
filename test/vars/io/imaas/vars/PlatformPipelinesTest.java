package io.imaas.vars;

import static io.imaas.vars.ExpectedCalls.assertShows;

import io.imaas.vars.PretendedJenkins.Mode;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code imaasOnboarding()} in the platform repository, {@code imaasDelivery()} in a tenant's GitOps repository. */
class PlatformPipelinesTest {
    @ParameterizedTest
    @EnumSource
    void aPullRequestOnThePlatformIsToldWhatItWouldChange(Mode mode) throws IOException {
        assertShows(
                "onboarding-pull-request",
                new PretendedJenkins(mode).plans(Plans.onboardingPullRequest()).run("imaasOnboarding()"));
    }

    @ParameterizedTest
    @EnumSource
    void whatWasMergedOnThePlatformIsAppliedWithAStageForEachTenant(Mode mode) throws IOException {
        assertShows(
                "onboarding-merge",
                new PretendedJenkins(mode).plans(Plans.onboarding()).run("imaasOnboarding()"));
    }

    @ParameterizedTest
    @EnumSource
    void aTenantThatFailsIsToldWithItsSentence(Mode mode) throws IOException {
        assertShows(
                "onboarding-fails",
                new PretendedJenkins(mode)
                        .plans(Plans.onboarding())
                        .failsAt("payments-git", "github.com answered 403: may not create repositories")
                        .run("imaasOnboarding()"));
    }

    @ParameterizedTest
    @EnumSource
    void whatWasMergedToAnEnvironmentIsReviewedAndRolledOut(Mode mode) throws IOException {
        assertShows("delivery", new PretendedJenkins(mode).plans(Plans.review()).run("imaasDelivery(timeout: 20)"));
    }
}
