package io.imaas.plan.delivery;

import io.imaas.model.source.BranchName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.MarkdownText;
import io.imaas.plan.Plan;
import io.imaas.plan.gate.GateMarkdown;
import io.imaas.plan.snapshot.ServiceState;
import java.io.Serializable;
import java.util.List;

/**
 * What merging a pull request would do to one service.
 *
 * @param now what the environment that would change has of it; null when nothing, or when none would change
 * @param promotion how a promotion would go as things are; null when it is none, or when nobody can tell yet
 * @param problem why it would be refused; empty when nothing is known against it
 */
public record MergePreview(ServiceName service, Aim aim, ServiceState now, Plan promotion, String problem)
        implements Serializable {
    /** Markdown for people. */
    public static String markdown(BranchName target, List<MergePreview> previews) {
        StringBuilder text = new StringBuilder("**When it is merged into ")
                .append(MarkdownText.line(target.value()))
                .append("**\n\n");
        previews.forEach(preview -> preview.tell(text));
        for (MergePreview preview : previews) {
            if (preview.promotion != null && !preview.promotion.changes().isEmpty()) {
                text.append(GateMarkdown.folded(
                        "What changes in " + preview.aim.to() + " for " + preview.service,
                        MarkdownText.fenced("diff", diff(preview))));
            }
        }
        return text.toString();
    }

    private void tell(StringBuilder text) {
        text.append("- ").append(MarkdownText.line(aim.sentence()));
        if (aim.to() != null) {
            text.append(
                    now == null || now.release() == null
                            ? ", which has nothing of it yet"
                            : ", which has " + MarkdownText.line(now.release().version()));
        }
        text.append('\n');
        if (now != null && now.hold() != null) {
            text.append("  - refused as things are: held by ")
                    .append(MarkdownText.line(
                            now.hold().by() + ": " + now.hold().reason()))
                    .append('\n');
        }
        if (!problem.isEmpty()) {
            text.append("  - refused as things are: ")
                    .append(MarkdownText.line(problem))
                    .append('\n');
        }
        if (promotion != null) {
            text.append(GateMarkdown.of(promotion.gates(), "  "));
        }
    }

    private static List<String> diff(MergePreview preview) {
        return preview.promotion.changes().stream()
                .flatMap(change -> change.lines().stream())
                .toList();
    }
}
