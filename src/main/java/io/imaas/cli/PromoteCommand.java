package io.imaas.cli;

import io.imaas.model.source.TreeHash;
import io.imaas.plan.Plan;
import io.imaas.plan.promotion.PromotionPlanner;
import io.imaas.plan.promotion.PromotionRequest;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code imaas promote}: brings releases to the next environment, if every gate is open. */
@Command(
        name = "promote",
        mixinStandardHelpOptions = true,
        description = "Bring releases to the next environment: the same digest, through every gate, as one commit.")
public final class PromoteCommand extends GitOpsCommand {
    @Mixin
    private final StretchOptions stretch = new StretchOptions();

    @Mixin
    private final CheckOptions checks = new CheckOptions();

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

    @Override
    Plan plan(GitOpsSession session) {
        if (tree != null && stretch.services().size() != 1) {
            throw new ParameterException(spec().commandLine(), "--tree needs exactly one --service");
        }
        PromotionRequest wanted = new PromotionRequest(
                stretch.request(session),
                stretch.from(),
                stretch.to(),
                stretch.services(),
                tree == null ? null : new TreeHash(tree),
                reason,
                assumeHealthy,
                override,
                roles);
        PromotionPlanner planner = new PromotionPlanner(session.platform(), session.tenant(), Duration.ofMinutes(10));
        // Into Git; whoever follows rollouts follows it from there.
        return planner.plan(wanted, checks.facts(session, planner, wanted)).withoutRollouts();
    }
}
