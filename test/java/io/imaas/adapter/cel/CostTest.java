package io.imaas.adapter.cel;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.failure.Location;
import io.imaas.model.policy.AdmissionPolicy.Expression;
import io.imaas.port.Expressions.Gives;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions that would take all memory or time with hostile values are given up, and plainly. */
class CostTest {
    private static final String LONG = "a".repeat(500_000);

    private static String problem(String text) {
        return new CelExpressions()
                .evaluate(
                        new Expression("open", text, Location.of("platform.yaml")),
                        Gives.TRUTH,
                        Map.of("json", Map.of("a", LONG, "list", List.of("x", "y", "z"))))
                .problem();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "json.a.replace('a', json.a) == ''",
                "json.a.split('').join(json.a) == ''",
                "'%s%s%s'.format([json.a, json.a, json.a]) == ''",
                "json.a.split('').all(a, json.a.split('').all(b, a == b))",
            })
    void whatGrowsWithoutEndIsGivenUp(String expression) {
        assertThat(problem(expression)).matches("it (makes a text of|costs) more than .*");
        assertThat(problem(expression + " || true")).matches("it (makes a text of|costs) more than .*");
        assertThat(problem("!(" + expression + " && false)")).matches("it (makes a text of|costs) more than .*");
    }

    @Test
    void hostileTextDoesNotMakeARegularExpressionSlow() {
        assertThat(problem("!(json.a + '!').matches('^(a+)+$')")).isEmpty();
    }

    @Test
    void aDeepExpressionIsRefused() {
        String deep = "(".repeat(5_000) + "true" + ")".repeat(5_000);

        assertThat(new CelExpressions()
                        .problem(new Expression("open", deep, Location.of("platform.yaml")), Gives.TRUTH, Set.of()))
                .isPresent();
    }
}
