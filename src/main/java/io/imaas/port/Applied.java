package io.imaas.port;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.Problem;
import java.util.List;

/**
 * What came of several objects.
 *
 * @param effects one for each that is as it should be now
 * @param failures one for each that could not be brought there
 * @param warnings what people should look at: fields that others hold, access that others gave
 */
public record Applied(List<Effect> effects, List<Failure> failures, List<Problem> warnings) {
    public Applied {
        effects = List.copyOf(effects);
        failures = List.copyOf(failures);
        warnings = List.copyOf(warnings);
    }
}
