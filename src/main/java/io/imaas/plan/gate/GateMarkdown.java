package io.imaas.plan.gate;

import io.imaas.plan.MarkdownText;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What gates found, for a pull request: first what a person has to look at, and of the rest only as much as fits a line. */
public final class GateMarkdown {
    private GateMarkdown() {}

    /** One item for each gate that is not simply open, and one for all that are. */
    public static String of(List<GateAnswer> gates, String indent) {
        String open = gates.stream()
                .filter(GateMarkdown::isOpenByEvidence)
                .map(GateAnswer::gate)
                .distinct()
                .collect(Collectors.joining(", "));
        return items(gates, GateAnswer::closed, indent)
                + items(gates, gate -> !gate.closed() && gate.state() != GateAnswer.State.OPEN, indent)
                + (open.isEmpty() ? "" : indent + "- open: " + open + "\n");
    }

    /** The evidence of each open gate, folded. */
    public static String evidence(List<GateAnswer> gates) {
        String items = items(gates, GateMarkdown::isOpenByEvidence, "");
        return items.isEmpty() ? "" : folded("What the open gates found", items);
    }

    /** @param content Markdown that is shown when somebody opens it */
    public static String folded(String summary, String content) {
        return "\n<details><summary>" + MarkdownText.line(summary) + "</summary>\n\n" + content + "\n</details>\n";
    }

    private static boolean isOpenByEvidence(GateAnswer gate) {
        return gate.state() == GateAnswer.State.OPEN && !gate.found().isEmpty();
    }

    private static String items(List<GateAnswer> gates, Predicate<GateAnswer> which, String indent) {
        return gates.stream()
                .filter(which)
                .map(gate -> indent + "- "
                        + (gate.closed() ? "**closed**" : gate.state().word()) + ": "
                        + MarkdownText.line(gate.gate() + ", " + gate.subject() + ": " + gate.found()
                                + (gate.closed() ? " (" + gate.opening() + ")" : ""))
                        + "\n")
                .collect(Collectors.joining());
    }
}
