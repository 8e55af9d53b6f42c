package io.imaas.adapter.mi.synapse;

import io.imaas.adapter.xml.TextEdit;
import io.imaas.model.failure.Problem;
import java.util.List;

/**
 * A problem and what corrects it without any decision.
 *
 * @param fix empty when a person must decide
 */
public record Finding(Problem problem, List<TextEdit> fix) {
    public Finding {
        fix = List.copyOf(fix);
    }

    public static Finding of(Problem problem) {
        return new Finding(problem, List.of());
    }
}
