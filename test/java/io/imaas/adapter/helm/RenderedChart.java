package io.imaas.adapter.helm;

import io.imaas.model.kubernetes.Manifest;
import io.imaas.port.ChartRenderer.Chart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The platform's chart rendered by real Helm, as objects: {@code at("Deployment", "spec.template.spec")}. */
record RenderedChart(List<Manifest> manifests) {
    static final String FOLDER = "resources/helm/mi-service";
    static final String DIGEST = "sha256:" + "a1b2".repeat(16);

    /** What every service has: who it is and what runs. */
    static final String BASE =
            """
            tenant: orders
            environment: test
            type: gateway
            version: 1.4.0
            image:
              repository: registry.acme.example:5000/imaas/orders/order-api
              digest: %s
              tag: 1.4.0-17
            source:
              commit: 0123456789abcdef0123456789abcdef01234567
              tree: 89abcdef0123456789abcdef0123456789abcdef
            """
                    .formatted(DIGEST);

    static Chart chart(String... values) {
        List<String> documents = new ArrayList<>(List.of(BASE));
        documents.addAll(List.of(values));
        return new Chart(FOLDER, "order-api", "orders-test", documents);
    }

    static RenderedChart with(String... values) {
        return new RenderedChart(new HelmRenderer().render(chart(values)));
    }

    List<String> kinds() {
        return manifests.stream().map(Manifest::kind).toList();
    }

    boolean has(String kind) {
        return kinds().contains(kind);
    }

    String name(String kind) {
        return manifest(kind).orElseThrow().name();
    }

    private Optional<Manifest> manifest(String kind) {
        return manifests.stream().filter(m -> m.kind().equals(kind)).findFirst();
    }

    /** What is at a path: keys and list indexes separated by blanks (keys of Kubernetes have dots). */
    Object at(String kind, String path) {
        Object here = parse(manifest(kind).orElseThrow(() -> new AssertionError("no " + kind + " in " + kinds())));
        for (String step : path.split(" ")) {
            here = here instanceof List<?> list ? list.get(Integer.parseInt(step)) : ((Map<?, ?>) here).get(step);
            if (here == null) {
                return null;
            }
        }
        return here;
    }

    static Object parse(Manifest manifest) {
        return new Load(LoadSettings.builder().build()).loadFromString(manifest.yaml());
    }

    /** The value of an environment variable of the runtime's container, or the map it comes from. */
    Object env(String kind, String path, String name) {
        for (Object variable : (List<?>) at(kind, path + " containers 0 env")) {
            Map<?, ?> entry = (Map<?, ?>) variable;
            if (entry.get("name").equals(name)) {
                return entry.containsKey("value") ? entry.get("value") : entry.get("valueFrom");
            }
        }
        return null;
    }
}
