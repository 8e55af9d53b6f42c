package io.imaas.cli;

import io.imaas.model.EnvironmentName;
import io.imaas.model.Request;
import io.imaas.model.Request.Trigger;
import io.imaas.model.ServiceName;
import io.imaas.plan.Plan;
import io.imaas.plan.promotion.ApprovalPlanner;
import io.imaas.plan.promotion.PromotionFacts;
import io.imaas.plan.promotion.PromotionPlanner;
import io.imaas.plan.promotion.PromotionRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code imaas approve}: a yes to exactly what a promotion would bring now. */
@Command(
        name = "approve",
        mixinStandardHelpOptions = true,
        description = {
            "Say yes to exactly what a promotion would bring now; any later change of it needs another yes.",
            "Whoever may push to the records branch may approve: protect it (docs/architecture.md)."
        })
public final class ApproveCommand implements Callable<Integer> {
    @Mixin
    private final GitOpsOptions gitops = new GitOpsOptions();

    @Mixin
    private final FormatOption format = new FormatOption();

    @Option(names = "--service", paramLabel = "S", description = "which service; repeatable; none: all that run there")
    private List<String> services = List.of();

    @Option(names = "--from", required = true, paramLabel = "E", description = "from which environment")
    private String from;

    @Option(names = "--to", required = true, paramLabel = "E", description = "to which environment")
    private String to;

    @Option(names = "--as", required = true, paramLabel = "@ORG/TEAM", description = "the approver you count as")
    private String approver;

    @Option(names = "--dry-run", description = "show what would be approved, change nothing")
    private boolean dryRun;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        EnvironmentName source = new EnvironmentName(from);
        EnvironmentName target = new EnvironmentName(to);
        List<ServiceName> names = services.stream().map(ServiceName::new).toList();
        try (GitOpsSession session = new GitOpsSession(gitops)) {
            Request request = new Request(session.tenant().name(), null, Trigger.MANUAL, target, session.actor());
            PromotionRequest wanted =
                    new PromotionRequest(request, source, target, names, null, "", false, "", List.of());
            PromotionPlanner promotions =
                    new PromotionPlanner(session.platform(), session.tenant(), Duration.ofMinutes(10));
            PromotionFacts facts = new PromotionFacts(session.state(), List.of(), List.of(), List.of());
            Plan plan = new ApprovalPlanner(promotions, session.tenant()).plan(wanted, facts, approver);
            return session.finish(
                    plan,
                    dryRun,
                    format,
                    spec.commandLine().getOut(),
                    spec.commandLine().getErr());
        }
    }
}
