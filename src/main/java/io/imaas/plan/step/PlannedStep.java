package io.imaas.plan.step;

import io.imaas.model.tenancy.EnvironmentName;
import java.io.Serializable;
import java.util.List;

/** One thing to do. Its record says all that is known before; what only running finds out comes from earlier steps. */
public sealed interface PlannedStep extends Serializable
        permits BuildArtifact,
                VerifyArtifact,
                RunUnitTests,
                PublishImage,
                AttestImage,
                CommitRelease,
                CommitFiles,
                PromoteRelease,
                KeepRecords,
                CallGate,
                OpenPullRequest,
                ReportToPullRequest,
                AwaitRollout,
                ListApis,
                EnsureRepository,
                EnsureGitOps,
                EnsureProtection,
                EnsureManifests,
                EnsureApplication,
                EnsureRegistrySpace,
                EnsurePullSecret,
                EnsureJobs,
                CheckOffboarding,
                RemoveApplication,
                RemoveSpace,
                RemoveProject,
                RemoveJobs,
                UnlistApis,
                AwaitRemoval,
                Undo,
                NotNeeded {
    /** Unique and stable within its plan. */
    String id();

    /** For people: {@code Build order-api}. */
    String title();

    /** Where it changes or follows something; null when that is no single environment. */
    default EnvironmentName environment() {
        return null;
    }

    /** The host of the one server that it asks, where many plans ask the same; empty: none that is worth knowing. */
    default String server() {
        return "";
    }

    /** Whether its failure ends the plan after its group; otherwise it is recorded and the plan goes on. */
    default boolean hardStop() {
        return true;
    }

    /** Whether it works on the checked-out sources: in Jenkins such a step needs an agent, every other one does not. */
    default boolean needsSources() {
        return false;
    }

    /** Whether it runs even after a hard stop, as long as no gate is closed: whoever tells people how it went. */
    default boolean always() {
        return false;
    }

    /** Whether it is done while gates are closed, and only then: whoever asks for what opens them. */
    default boolean asks() {
        return false;
    }

    /** Whether what it changed is taken back when a later step ends the plan. */
    default boolean isUndone() {
        return false;
    }

    /** What it takes away from the world, thing by thing, for people; empty for a step that deletes nothing. */
    default List<String> deletions() {
        return List.of();
    }
}
