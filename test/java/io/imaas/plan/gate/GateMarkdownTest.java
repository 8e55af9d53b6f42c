package io.imaas.plan.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.failure.FailureKind;
import io.imaas.model.tenancy.ServiceName;
import java.util.List;
import org.junit.jupiter.api.Test;

class GateMarkdownTest {
    @Test
    void whatAPersonHasToLookAtComesFirstAndOpenGatesTakeOneLine() {
        List<GateAnswer> gates = List.of(
                answer("order", GateAnswer.State.OPEN, "healthy in dev"),
                answer("path", GateAnswer.State.OPEN, "follows the path"),
                answer("image", GateAnswer.State.OPEN, ""),
                answer("freeze", GateAnswer.State.ASSUMED, "assumed"),
                answer("approval", GateAnswer.State.CLOSED, "none of @ann <b>"));

        assertThat(GateMarkdown.of(gates, "").lines())
                .containsExactly(
                        "- **closed**: approval, api 1.0.0 -&gt; prod: none of @\u200bann &lt;b&gt; (imaas approve api prod)",
                        "- assumed: freeze, api 1.0.0 -&gt; prod: assumed",
                        "- open: order, path");
        assertThat(GateMarkdown.evidence(gates))
                .startsWith("\n<details><summary>What the open gates found</summary>\n\n- open: order, api")
                .doesNotContain("image");
    }

    private static GateAnswer answer(String gate, GateAnswer.State state, String found) {
        return new GateAnswer(
                gate,
                "api 1.0.0 -> prod",
                List.of(new ServiceName("api")),
                state,
                found,
                state == GateAnswer.State.CLOSED ? "imaas approve api prod" : "",
                null,
                null,
                FailureKind.POLICY,
                List.of());
    }
}
