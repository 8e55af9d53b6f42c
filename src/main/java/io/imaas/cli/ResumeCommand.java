package io.imaas.cli;

import io.imaas.model.EnvironmentName;
import io.imaas.model.Request;
import io.imaas.model.Request.Trigger;
import io.imaas.model.ServiceName;
import io.imaas.plan.Plan;
import io.imaas.plan.promotion.ResumePlanner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code imaas resume}: lifts the hold that a rollback set. */
@Command(name = "resume", mixinStandardHelpOptions = true, description = "Lift the hold that a rollback set.")
public final class ResumeCommand implements Callable<Integer> {
    @Mixin
    private final GitOpsOptions gitops = new GitOpsOptions();

    @Mixin
    private final FormatOption format = new FormatOption();

    @Option(names = "--service", required = true, paramLabel = "S", description = "which service")
    private String service;

    @Option(names = "--env", required = true, paramLabel = "E", description = "in which environment")
    private String environment;

    @Option(names = "--dry-run", description = "show the plan, change nothing")
    private boolean dryRun;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        EnvironmentName target = new EnvironmentName(environment);
        try (GitOpsSession session = new GitOpsSession(gitops)) {
            Request request = new Request(
                    session.tenant().name(), new ServiceName(service), Trigger.MANUAL, target, session.actor());
            Plan plan = new ResumePlanner(session.tenant()).plan(request, target, session.state());
            return session.finish(
                    plan,
                    dryRun,
                    format,
                    spec.commandLine().getOut(),
                    spec.commandLine().getErr());
        }
    }
}
