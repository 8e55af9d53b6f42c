package io.imaas.cli;

import io.imaas.model.EnvironmentName;
import io.imaas.model.Request;
import io.imaas.model.Request.Trigger;
import io.imaas.model.ServiceName;
import io.imaas.model.TreeHash;
import io.imaas.plan.Plan;
import io.imaas.plan.promotion.PromotionFacts;
import io.imaas.plan.promotion.PromotionPlanner;
import io.imaas.plan.promotion.PromotionRequest;
import io.imaas.step.PromotionObserver;
import io.imaas.step.ReleaseHistory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code imaas promote}: brings releases to the next environment, if every gate is open. */
@Command(
        name = "promote",
        mixinStandardHelpOptions = true,
        description = "Bring releases to the next environment: the same digest, through every gate, as one commit.")
public final class PromoteCommand implements Callable<Integer> {
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

    @Option(
            names = "--tree",
            paramLabel = "HASH",
            description = {
                "Git tree of the service's sources, as after a merge of its own branches: promotes the release that was",
                "built from exactly these sources; needs one --service"
            })
    private String tree;

    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "why, for the audit log")
    private String reason;

    @Option(names = "--assume-healthy", description = "vouch for health that nobody observed; recorded in the commit")
    private boolean assumeHealthy;

    @Option(
            names = "--override",
            paramLabel = "REASON",
            defaultValue = "",
            description = "open closed gates by force; only for the platform's overriders, recorded in the commit")
    private String override;

    @Option(names = "--role", paramLabel = "@ORG/TEAM", description = "a team the actor is of; repeatable")
    private List<String> roles = List.of();

    @Option(names = "--dry-run", description = "show the plan and its gates, change nothing")
    private boolean dryRun;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        EnvironmentName source = new EnvironmentName(from);
        EnvironmentName target = new EnvironmentName(to);
        List<ServiceName> names = services.stream().map(ServiceName::new).toList();
        try (GitOpsSession session = new GitOpsSession(gitops)) {
            PromotionFacts facts = facts(session, names, source, target);
            Request request = new Request(
                    session.tenant().name(),
                    names.size() == 1 ? names.get(0) : null,
                    Trigger.MANUAL,
                    target,
                    session.actor());
            PromotionRequest wanted = new PromotionRequest(
                    request, source, target, names, tree(), reason, assumeHealthy, override, roles);
            Plan plan = new PromotionPlanner(session.platform(), session.tenant(), Duration.ofMinutes(10))
                    .plan(wanted, facts);
            // Into Git; whoever follows rollouts follows it from there.
            return session.finish(
                    plan.withoutRollouts(),
                    dryRun,
                    format,
                    spec.commandLine().getOut(),
                    spec.commandLine().getErr());
        }
    }

    private PromotionFacts facts(
            GitOpsSession session, List<ServiceName> names, EnvironmentName source, EnvironmentName target) {
        PromotionObserver observer =
                new PromotionObserver(session.observer(), session.repository(), Optional.empty(), Optional.empty());
        if (tree == null) {
            return observer.observe(session.tenant(), session.environments(), source, target);
        }
        if (names.size() != 1) {
            throw new ParameterException(spec.commandLine(), "--tree needs exactly one --service");
        }
        return observer.observe(
                session.tenant(),
                session.environments(),
                source,
                target,
                names.get(0),
                new ReleaseHistory(session.repository(), session.values()));
    }

    private TreeHash tree() {
        return tree == null ? null : new TreeHash(tree);
    }
}
