package io.imaas.jenkins.run;

import io.imaas.plan.step.AttestImage;
import io.imaas.plan.step.AwaitRemoval;
import io.imaas.plan.step.AwaitRollout;
import io.imaas.plan.step.BuildArtifact;
import io.imaas.plan.step.CallGate;
import io.imaas.plan.step.CheckOffboarding;
import io.imaas.plan.step.CommitFiles;
import io.imaas.plan.step.CommitRelease;
import io.imaas.plan.step.EnsureApplication;
import io.imaas.plan.step.EnsureGitOps;
import io.imaas.plan.step.EnsureJobs;
import io.imaas.plan.step.EnsureManifests;
import io.imaas.plan.step.EnsureProtection;
import io.imaas.plan.step.EnsurePullSecret;
import io.imaas.plan.step.EnsureRegistrySpace;
import io.imaas.plan.step.EnsureRepository;
import io.imaas.plan.step.KeepRecords;
import io.imaas.plan.step.ListApis;
import io.imaas.plan.step.NotNeeded;
import io.imaas.plan.step.OpenPullRequest;
import io.imaas.plan.step.PlannedStep;
import io.imaas.plan.step.PromoteRelease;
import io.imaas.plan.step.PublishImage;
import io.imaas.plan.step.RemoveApplication;
import io.imaas.plan.step.RemoveJobs;
import io.imaas.plan.step.RemoveProject;
import io.imaas.plan.step.RemoveSpace;
import io.imaas.plan.step.ReportToPullRequest;
import io.imaas.plan.step.RunUnitTests;
import io.imaas.plan.step.Undo;
import io.imaas.plan.step.UnlistApis;
import io.imaas.plan.step.VerifyArtifact;
import java.util.Arrays;
import java.util.Set;

/** Which Pipeline step executes which planned steps: the one table of it. */
public enum StepKind {
    BUILD("imaasBuild", BuildArtifact.class),
    CHECK("imaasCheck", VerifyArtifact.class),
    TEST("imaasTest", RunUnitTests.class),
    IMAGE("imaasImage", PublishImage.class),
    RELEASE("imaasRelease", AttestImage.class, CommitRelease.class),
    PROMOTE(
            "imaasPromote",
            CommitFiles.class,
            PromoteRelease.class,
            KeepRecords.class,
            CallGate.class,
            ListApis.class,
            OpenPullRequest.class),
    ROLLOUT("imaasRollout", AwaitRollout.class),
    ONBOARD(
            "imaasOnboard",
            EnsureRegistrySpace.class,
            EnsurePullSecret.class,
            EnsureManifests.class,
            EnsureRepository.class,
            EnsureGitOps.class,
            EnsureProtection.class,
            EnsureApplication.class,
            EnsureJobs.class,
            CheckOffboarding.class,
            RemoveApplication.class,
            RemoveSpace.class,
            RemoveProject.class,
            RemoveJobs.class,
            UnlistApis.class,
            AwaitRemoval.class),
    COMMENT("imaasComment", ReportToPullRequest.class),
    SKIP("imaasSkip", NotNeeded.class);

    private final String function;
    private final Set<Class<? extends PlannedStep>> planned;

    @SafeVarargs
    StepKind(String function, Class<? extends PlannedStep>... planned) {
        this.function = function;
        this.planned = Set.of(planned);
    }

    /** The step's name in a Jenkinsfile. */
    public String function() {
        return function;
    }

    /** Whether it works where the sources are checked out. */
    public boolean onSources() {
        return this == BUILD || this == CHECK || this == TEST || this == IMAGE;
    }

    /** Whether it does something in a tenant's name, rather than look at sources or tell people. */
    public boolean actsForTenant() {
        return this == IMAGE || !onSources() && this != COMMENT && this != SKIP;
    }

    public boolean executes(PlannedStep step) {
        return planned.contains(step instanceof Undo undo ? undo.step().getClass() : step.getClass());
    }

    public static StepKind of(PlannedStep step) {
        return Arrays.stream(values())
                .filter(kind -> kind.executes(step))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no Pipeline step executes " + step.getClass()));
    }
}
