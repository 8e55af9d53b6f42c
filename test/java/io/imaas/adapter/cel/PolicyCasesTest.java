package io.imaas.adapter.cel;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.cel.PolicyCases.PolicyCase;
import io.imaas.model.policy.PolicyVerdict;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said here is what a real API server said, or it is a refusal that says why. */
class PolicyCasesTest {
    static Stream<PolicyCase> cases() {
        return PolicyCases.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theVerdictIsThatOfTheApiServer(PolicyCase one) {
        List<PolicyVerdict> refusals = one.here("orders-dev").stream()
                .filter(PolicyVerdict::isRefusal)
                .filter(verdict -> !verdict.object().startsWith("Pod of"))
                .toList();

        if (one.here() != null) {
            assertThat(refusals).isNotEmpty().allSatisfy(refusal -> {
                assertThat(refusal.kind()).isEqualTo(PolicyVerdict.Kind.UNKNOWN);
                assertThat(refusal.message()).contains(one.here());
            });
        } else if (one.real().equals("allowed")) {
            assertThat(refusals).isEmpty();
        } else if (one.isError()) {
            assertThat(refusals).isNotEmpty();
            assertThat(refusals.get(0).message()).startsWith("expression '").contains("resulted in error: ");
        } else {
            assertThat(refusals.get(0).message()).isEqualTo(one.real());
        }
    }
}
