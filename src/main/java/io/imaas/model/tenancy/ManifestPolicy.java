package io.imaas.model.tenancy;

import io.imaas.model.image.ImageRef;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What manifests may hold beyond a service's own image and what the chart writes.
 *
 * @param sidecars images by digest that may run beside every service
 * @param annotations keys of labels and annotations that values may set, such as {@code example.org/team}; {@code
 *     example.org/*} is all of one prefix. Keys without a prefix are allowed, except for those that much software acts on
 * @param migrations images by digest that may run migrations, by tool; the first is taken where a service names none
 */
public record ManifestPolicy(
        List<ImageRef> sidecars, List<String> annotations, Map<MigrationTool, List<ImageRef>> migrations)
        implements Serializable {
    public static final ManifestPolicy USUAL = new ManifestPolicy(List.of(), List.of(), Map.of());

    /** The chart's name, and an order: its migration comes before what needs it. Else Helm's and Argo CD's own are orders. */
    private static final Set<String> PLAIN = Set.of("helm.sh/chart", "argocd.argoproj.io/sync-wave");

    /** What the chart and Helm write, and nothing acts on to a tenant's advantage. */
    private static final Set<String> HARMLESS =
            Set.of("app.kubernetes.io", "imaas.io", "checksum", "prometheus.io", "mi.fluentbit");

    /**
     * Grafana and Loki take dashboards, data sources and rules of all namespaces by such a label, Azure gives a pod an identity,
     * and Istio takes it for its gateway, with the routes of all namespaces.
     */
    private static final Pattern ACTED_ON = Pattern.compile("(?i)grafana[_-].*|loki[_-].*|aadpodidbinding|istio");

    public ManifestPolicy {
        sidecars = List.copyOf(sidecars);
        annotations = List.copyOf(annotations);
        migrations = Map.copyOf(migrations);
    }

    /** The images that may run a tool's migrations. */
    public List<ImageRef> migrations(MigrationTool tool) {
        return migrations.getOrDefault(tool, List.of());
    }

    /** Whether a label or annotation of this key may be there. */
    public boolean allows(String key) {
        int slash = key.indexOf('/');
        return (slash < 0 && !ACTED_ON.matcher(key).matches())
                || annotations.contains(key)
                || (slash >= 0 && isOfKnownPrefix(key, key.substring(0, slash)));
    }

    private boolean isOfKnownPrefix(String key, String prefix) {
        return HARMLESS.contains(prefix) || PLAIN.contains(key) || annotations.contains(prefix + "/*");
    }
}
