package io.imaas.vars;

import io.imaas.vars.PlanMap.Step;

/** Plans as the engine makes them for one service, {@code order-api} of the tenant {@code orders}. */
final class Plans {
    private static final Step BUILD = Step.of("build", "imaasBuild", "Build order-api");
    private static final Step CHECK = Step.of("check", "imaasCheck", "Check order-api");
    private static final Step TEST = Step.of("tests", "imaasTest", "Unit tests of order-api");
    private static final Step IMAGE = Step.of("image", "imaasImage", "Image of order-api");
    private static final Step COMMENT = Step.of("comment", "imaasComment", "Tell the pull request");

    private Plans() {}

    static PlanMap delivery() {
        return rolledOut(
                built(PlanMap.of("deliver", "Deliver order-api to dev")).agent("Image of order-api", IMAGE));
    }

    /** The registry has an image of the same sources already. */
    static PlanMap deliveryOfKnownSources() {
        String known = "the image of these sources is in the registry";
        return rolledOut(PlanMap.of("deliver", "Deliver order-api to dev, with the image of these very sources")
                .skipped("agent", "Build order-api", known)
                .skipped("agent", "Unit tests of order-api", known)
                .skipped("agent", "Image of order-api", known));
    }

    static PlanMap deliveryWithoutSuites() {
        return rolledOut(PlanMap.of("deliver", "Deliver order-api to dev")
                .agent("Build order-api", BUILD)
                .skipped("controller", "Unit tests of order-api", "the project has none, and the policy allows it")
                .agent("Image of order-api", IMAGE));
    }

    /** One repository, two Micro Integrator projects; both services' steps have the same titles here. */
    static PlanMap deliveryOfTwoProjects() {
        return PlanMap.of("deliver", "Deliver order-api and order-sync to dev")
                .agent("Build", BUILD, Step.of("build-sync", "imaasBuild", "Build order-sync"))
                .agent("Unit tests", Step.of("t1", "imaasTest", "Unit tests"), Step.of("t2", "imaasTest", "Unit tests"))
                .agent("Image", IMAGE, new Step("image-sync", "imaasSkip", "Image of order-sync", "it is known"))
                .controller("Release to dev", Step.of("release", "imaasRelease", "Release to dev"));
    }

    static PlanMap featureBranch() {
        return built(PlanMap.of("check", "Check order-api; the branch belongs to no environment"));
    }

    static PlanMap pullRequest() {
        return built(PlanMap.of("check", "Check pull request 7 of order-api")).last("Tell the pull request", COMMENT);
    }

    /** A fork gets no credentials, so nobody can write a comment. */
    static PlanMap forkedPullRequest() {
        return built(PlanMap.of("check", "Check pull request 8 of order-api, without credentials since it is a fork's"))
                .skipped("controller", "Tell the pull request", "it comes from a fork");
    }

    static PlanMap promotion(String environment) {
        return PlanMap.of("promote", "Promote order-api to " + environment)
                .controller(
                        "Promote to " + environment, Step.of("promote", "imaasPromote", "Promote to " + environment))
                .controller(
                        "Roll out to " + environment,
                        Step.of("rollout", "imaasRollout", "Roll out order-api to " + environment));
    }

    static PlanMap tag() {
        return built(PlanMap.of("image", "Make an image of order-api 1.4.0")).agent("Image of order-api", IMAGE);
    }

    static PlanMap nothing() {
        return PlanMap.of("nothing", "the commit touches documentation only");
    }

    static PlanMap onboardingPullRequest() {
        return PlanMap.of("onboard", "Merging would add tenant payments and change orders")
                .last("Tell the pull request", COMMENT);
    }

    static PlanMap onboarding() {
        return PlanMap.of("onboard", "Add tenant payments, change orders")
                .controller(
                        "Tenant payments",
                        Step.of("payments-git", "imaasOnboard", "GitOps repository of payments"),
                        Step.of("payments-space", "imaasOnboard", "Space of payments"))
                .controller("Tenant orders", Step.of("orders-space", "imaasOnboard", "Space of orders"))
                .skipped("controller", "Tenant billing", "nothing changed");
    }

    static PlanMap review() {
        return PlanMap.of("review", "Review 2 releases merged to test")
                .controller("Gates", Step.of("review", "imaasPromote", "Review what was merged to test"))
                .controller(
                        "Roll out to test",
                        Step.of("rollout-api", "imaasRollout", "Roll out order-api to test"),
                        Step.of("rollout-sync", "imaasRollout", "Roll out order-sync to test"));
    }

    private static PlanMap built(PlanMap plan) {
        return plan.with("pod", "mi-build-and-test")
                .agent("Build order-api", BUILD)
                .agent("Check order-api", CHECK)
                .agent("Unit tests of order-api", TEST);
    }

    private static PlanMap rolledOut(PlanMap plan) {
        return plan.controller("Release to dev", Step.of("release", "imaasRelease", "Release order-api to dev"))
                .controller("Roll out to dev", Step.of("rollout", "imaasRollout", "Roll out order-api to dev"));
    }
}
