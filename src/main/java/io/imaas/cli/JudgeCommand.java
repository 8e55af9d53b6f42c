package io.imaas.cli;

import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.DirectChangePolicy;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Request;
import io.imaas.model.tenancy.Request.Trigger;
import io.imaas.plan.Plan;
import io.imaas.plan.review.DirectChange;
import io.imaas.plan.review.DirectChangeReview;
import io.imaas.step.observe.DirectChangeObserver;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code imaas judge}: a person's own push or merge, judged by the gates of a promotion. */
@Command(
        name = "judge",
        mixinStandardHelpOptions = true,
        description = {
            "Judge what somebody pushed or merged to an environment's branch by the gates of a promotion,",
            "explain it file by file, and let it stay, flag it or take it back."
        })
public final class JudgeCommand extends GitOpsCommand {
    @Option(names = "--env", required = true, paramLabel = "E", description = "which environment")
    private String environment;

    @Mixin
    private final CheckOptions checks = new CheckOptions();

    @Option(
            names = "--before",
            required = true,
            paramLabel = "COMMIT",
            description = "the branch's tip before the change")
    private String before;

    @Option(
            names = "--policy",
            paramLabel = "allow|flag|revert",
            description = {
                "what becomes of a change that a gate refuses",
                "(default: directChanges in the platform's metadata, and flag without --platform)"
            })
    private DirectChangePolicy policy;

    @Override
    Plan plan(GitOpsSession session) {
        EnvironmentName target = new EnvironmentName(environment);
        DirectChange change = new DirectChangeObserver(
                        session.observer(), session.repository(), checks.observer(session))
                .observe(session.tenant(), target, new CommitId(before));
        Request request = new Request(session.tenant().name(), null, Trigger.PUSH, target, session.actor());
        DirectChangePolicy holds = policy != null
                ? policy
                : session.tenant()
                        .environment(target)
                        .map(Environment::directChanges)
                        .orElseThrow();
        return new DirectChangeReview(session.platform(), session.tenant(), holds).judge(request, change);
    }

    @Override
    boolean tellsPlan() {
        return true;
    }
}
