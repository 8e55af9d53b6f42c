package io.imaas.plan;

import io.imaas.plan.step.AttestImage;
import io.imaas.plan.step.AwaitRollout;
import io.imaas.plan.step.BuildArtifact;
import io.imaas.plan.step.CallGate;
import io.imaas.plan.step.CommitFiles;
import io.imaas.plan.step.CommitRelease;
import io.imaas.plan.step.EnsureApplication;
import io.imaas.plan.step.KeepRecords;
import io.imaas.plan.step.NotNeeded;
import io.imaas.plan.step.OpenPullRequest;
import io.imaas.plan.step.PlannedStep;
import io.imaas.plan.step.PublishImage;
import io.imaas.plan.step.RunUnitTests;
import io.imaas.plan.step.StepGroup;
import io.imaas.plan.step.VerifyArtifact;
import java.util.ArrayList;
import java.util.List;

/** Joins plans of several services: what each of them does first runs side by side, then what each does next. */
public final class SideBySide {
    private SideBySide() {}

    /** The groups of several plans, zipped. */
    public static List<StepGroup> zip(List<Plan> plans) {
        if (plans.size() == 1) {
            return plans.get(0).groups();
        }
        int longest =
                plans.stream().mapToInt(plan -> plan.groups().size()).max().orElse(0);
        List<StepGroup> groups = new ArrayList<>();
        for (int i = 0; i < longest; i++) {
            List<String> titles = new ArrayList<>();
            List<PlannedStep> steps = new ArrayList<>();
            for (Plan plan : plans) {
                if (i < plan.groups().size()) {
                    titles.add(plan.groups().get(i).title());
                    steps.addAll(plan.groups().get(i).steps());
                }
            }
            groups.add(
                    new StepGroup(String.join(", ", titles.stream().distinct().toList()), steps));
        }
        return groups;
    }

    /** The same plan, with every step's id begun by the service's name, so that it can stand beside others. */
    public static Plan prefixed(Plan plan, String service) {
        List<StepGroup> groups = plan.groups().stream()
                .map(group -> new StepGroup(
                        group.title(),
                        group.steps().stream()
                                .map(step -> prefixed(step, service + "/"))
                                .toList()))
                .toList();
        return plan.with(groups);
    }

    private static PlannedStep prefixed(PlannedStep step, String p) {
        if (step instanceof BuildArtifact s) {
            return new BuildArtifact(p + s.id(), s.service(), s.path(), s.builder(), s.projectWrapper());
        } else if (step instanceof VerifyArtifact s) {
            return new VerifyArtifact(p + s.id(), s.service(), p + s.build(), s.lint());
        } else if (step instanceof RunUnitTests s) {
            return new RunUnitTests(p + s.id(), s.service(), p + s.build(), s.noTests(), s.servers(), s.timeout());
        } else if (step instanceof PublishImage s) {
            return new PublishImage(
                    p + s.id(),
                    s.tenant(),
                    s.service(),
                    s.target(),
                    s.base(),
                    s.labels(),
                    s.source(),
                    s.tree(),
                    s.sourceUrl(),
                    s.buildKey(),
                    p + s.build(),
                    p + s.tests(),
                    s.scan());
        } else if (step instanceof AttestImage s) {
            return new AttestImage(p + s.id(), s.origin(), p + s.image(), p + s.tests());
        } else if (step instanceof CommitRelease s) {
            String image = s.image().isEmpty() ? "" : p + s.image();
            return new CommitRelease(
                    p + s.id(),
                    s.tenant(),
                    s.service(),
                    s.environment(),
                    s.release(),
                    image,
                    s.actor(),
                    s.build(),
                    s.migration());
        } else if (step instanceof AwaitRollout s) {
            String change = s.change().isEmpty() ? "" : p + s.change();
            return new AwaitRollout(
                    p + s.id(),
                    s.tenant(),
                    s.service(),
                    s.environment(),
                    change,
                    s.commit(),
                    s.rendered(),
                    s.image(),
                    s.timeout());
        } else if (step instanceof CommitFiles s) {
            return s.named(p + s.id());
        } else if (step instanceof EnsureApplication s) {
            return new EnsureApplication(p + s.id(), s.tenant(), s.service(), s.environment());
        } else if (step instanceof KeepRecords s) {
            return new KeepRecords(p + s.id(), s.title(), s.statements(), s.subject(), s.trailers());
        } else if (step instanceof CallGate s) {
            String follows = s.follows().isEmpty() ? "" : p + s.follows();
            return new CallGate(p + s.id(), s.title(), s.gate(), s.words(), s.asked(), follows);
        } else if (step instanceof OpenPullRequest s) {
            return new OpenPullRequest(p + s.id(), s.from(), s.into(), s.headline(), s.body(), s.autoMerge());
        } else if (step instanceof NotNeeded s) {
            return new NotNeeded(p + s.id(), s.title(), s.reason());
        }
        throw new IllegalArgumentException(step.title() + " is not a step of one service");
    }
}
