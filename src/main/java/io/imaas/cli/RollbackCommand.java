package io.imaas.cli;

import io.imaas.model.EnvironmentName;
import io.imaas.model.Request;
import io.imaas.model.Request.Trigger;
import io.imaas.model.ServiceName;
import io.imaas.plan.Plan;
import io.imaas.plan.promotion.RollbackPlanner;
import io.imaas.step.ReleaseHistory;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code imaas rollback}: an older release in one commit, held until somebody resumes. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = "Put an earlier release back, and hold it there until 'imaas resume'.")
public final class RollbackCommand implements Callable<Integer> {
    private static final int LOOK_BACK = 200;

    @Mixin
    private final GitOpsOptions gitops = new GitOpsOptions();

    @Mixin
    private final FormatOption format = new FormatOption();

    @Option(names = "--service", required = true, paramLabel = "S", description = "which service")
    private String service;

    @Option(names = "--env", required = true, paramLabel = "E", description = "in which environment")
    private String environment;

    @Option(
            names = "--to",
            paramLabel = "DIGEST|VERSION",
            defaultValue = "",
            description = "which release (default: the one before)")
    private String to;

    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "why, for the hold and the log")
    private String reason;

    @Option(names = "--dry-run", description = "show the plan, change nothing")
    private boolean dryRun;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ServiceName name = new ServiceName(service);
        EnvironmentName target = new EnvironmentName(environment);
        try (GitOpsSession session = new GitOpsSession(gitops)) {
            Request request = new Request(session.tenant().name(), name, Trigger.MANUAL, target, session.actor());
            Plan full = new RollbackPlanner(session.tenant(), Duration.ofMinutes(10))
                    .plan(
                            request,
                            target,
                            new ReleaseHistory(session.repository(), session.values()).of(name, target, LOOK_BACK),
                            to,
                            reason,
                            session.state());
            return session.finish(
                    full.withoutRollouts(),
                    dryRun,
                    format,
                    spec.commandLine().getOut(),
                    spec.commandLine().getErr());
        }
    }
}
