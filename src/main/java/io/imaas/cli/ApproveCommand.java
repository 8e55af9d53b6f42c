package io.imaas.cli;

import io.imaas.plan.Plan;
import io.imaas.plan.promotion.ApprovalPlanner;
import io.imaas.plan.promotion.PromotionPlanner;
import io.imaas.plan.promotion.PromotionRequest;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code imaas approve}: a yes to exactly what a promotion would bring now. */
@Command(
        name = "approve",
        mixinStandardHelpOptions = true,
        description = {
            "Say yes to exactly what a promotion would bring now; any later change of it needs another yes.",
            "Whoever may push to the records branch may approve: protect it (docs/architecture.md)."
        })
public final class ApproveCommand extends GitOpsCommand {
    @Mixin
    private final StretchOptions stretch = new StretchOptions();

    @Mixin
    private final CheckOptions checks = new CheckOptions();

    @Option(names = "--as", required = true, paramLabel = "@ORG/TEAM", description = "the approver you count as")
    private String approver;

    @Override
    Plan plan(GitOpsSession session) {
        PromotionRequest wanted = new PromotionRequest(
                stretch.request(session),
                stretch.from(),
                stretch.to(),
                stretch.services(),
                null,
                "",
                false,
                "",
                List.of());
        PromotionPlanner promotions =
                new PromotionPlanner(session.platform(), session.tenant(), Duration.ofMinutes(10));
        return new ApprovalPlanner(promotions, session.tenant())
                .plan(wanted, checks.facts(session, promotions, wanted), approver);
    }
}
