package io.imaas.plan.promotion;

import io.imaas.model.ServiceName;
import java.io.Serializable;
import java.util.List;

/**
 * What Helm says of a service with the values it would have.
 *
 * @param problem Helm's own words when it does not render, else empty
 * @param diff the lines that change in the rendered manifests, each begun by {@code +} or {@code -}
 */
public record RenderFacts(ServiceName service, String problem, List<String> diff) implements Serializable {
    public RenderFacts {
        diff = List.copyOf(diff);
    }
}
