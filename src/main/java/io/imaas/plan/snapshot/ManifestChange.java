package io.imaas.plan.snapshot;

import io.imaas.model.failure.Effect;
import io.imaas.model.tenancy.ServiceName;
import java.io.Serializable;
import java.util.List;

/**
 * What a plan changes in a service's manifests.
 *
 * @param objects those that differ, field by field
 * @param lines the same as lines of the manifests' text that go and come, begun by {@code -} and {@code +}
 */
public record ManifestChange(ServiceName service, List<Effect> objects, List<String> lines) implements Serializable {
    public ManifestChange {
        objects = List.copyOf(objects);
        lines = List.copyOf(lines);
    }
}
