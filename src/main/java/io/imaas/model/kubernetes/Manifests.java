package io.imaas.model.kubernetes;

import io.imaas.model.image.Digest;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** All that a service has the cluster run in one environment, in the order in which it is applied. */
public record Manifests(List<Manifest> all) implements Serializable {
    /** Of a service that runs nothing. */
    public static final Manifests NONE = new Manifests(List.of());

    /** The annotation that a chart sets on a Deployment whose number of pods it leaves to an autoscaler. */
    public static final String AUTOSCALED = "imaas.io/autoscaled";

    private static final String NOTHING = "# Nothing of this service is to run here.\n";

    public Manifests {
        all = List.copyOf(all);
    }

    /** Whether an autoscaler decides how many pods run, and not these manifests. */
    public boolean autoscaled() {
        return all.stream()
                .anyMatch(manifest -> manifest.fields().get("metadata") instanceof Map<?, ?> metadata
                        && metadata.get("annotations") instanceof Map<?, ?> annotations
                        && annotations.containsKey(AUTOSCALED));
    }

    /** One YAML file. Of nothing it holds a comment alone, since Git keeps no empty folder. */
    public String text() {
        return all.isEmpty() ? NOTHING : all.stream().map(Manifest::yaml).collect(Collectors.joining("---\n"));
    }

    /** The SHA-256 of {@link #text()} in UTF-8, 64 hexadecimal digits: what an approval is a yes to. */
    public String hash() {
        return Digest.of(text()).hex();
    }
}
