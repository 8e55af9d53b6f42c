package io.imaas.cli;

import io.imaas.model.CommitId;
import io.imaas.model.EnvironmentName;
import io.imaas.model.Request;
import io.imaas.model.Request.Trigger;
import io.imaas.plan.Plan;
import io.imaas.plan.promotion.DirectChange;
import io.imaas.plan.promotion.DirectChangeJudge;
import io.imaas.plan.promotion.DirectChangePolicy;
import io.imaas.report.PlanText;
import io.imaas.step.DirectChangeObserver;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code imaas judge}: a person's own push or merge, judged by the gates of a promotion. */
@Command(
        name = "judge",
        mixinStandardHelpOptions = true,
        description = {
            "Judge what somebody pushed or merged to an environment's branch by the gates of a promotion,",
            "explain it file by file, and let it stay, flag it or take it back."
        })
public final class JudgeCommand implements Callable<Integer> {
    @Mixin
    private final GitOpsOptions gitops = new GitOpsOptions();

    @Mixin
    private final FormatOption format = new FormatOption();

    @Option(names = "--env", required = true, paramLabel = "E", description = "which environment")
    private String environment;

    @Option(
            names = "--before",
            required = true,
            paramLabel = "COMMIT",
            description = "the branch's tip before the change")
    private String before;

    @Option(
            names = "--policy",
            paramLabel = "allow|flag|revert",
            defaultValue = "flag",
            description = "what becomes of a change that a gate refuses (default: ${DEFAULT-VALUE})")
    private DirectChangePolicy policy = DirectChangePolicy.FLAG;

    @Option(names = "--dry-run", description = "show the verdict, change nothing")
    private boolean dryRun;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        EnvironmentName target = new EnvironmentName(environment);
        try (GitOpsSession session = new GitOpsSession(gitops)) {
            DirectChange change = new DirectChangeObserver(session.observer(), session.repository())
                    .observe(session.environments(), target, new CommitId(before));
            Request request = new Request(session.tenant().name(), null, Trigger.PUSH, target, session.actor());
            Plan verdict = new DirectChangeJudge(session.platform(), session.tenant(), policy).judge(request, change);
            if (!format.json() && !dryRun) {
                spec.commandLine().getOut().print(PlanText.of(verdict));
            }
            return session.finish(
                    verdict,
                    dryRun,
                    format,
                    spec.commandLine().getOut(),
                    spec.commandLine().getErr());
        }
    }
}
