package io.imaas.plan.gate;

import io.imaas.adapter.helm.HelmRenderer;
import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.kubernetes.Manifests;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.promotion.Scene;
import io.imaas.plan.snapshot.RenderFacts;
import io.imaas.port.ChartRenderer.Chart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What gates say to the platform's own chart with values that somebody pushed; rendered by real Helm. */
final class HostileValues {
    private static final ServiceName API = new ServiceName("api");

    private HostileValues() {}

    /** The answer of a gate to a gateway in test with the chart's defaults and these values over them. */
    static Answer ask(Gate gate, String... values) {
        Scene scene = new Scene().runs("api", "dev", "1.0.0", HealthRecord.Status.HEALTHY);
        return ask(gate, scene, rendered(scene, values));
    }

    /** The answer to one object more, as another chart might make it. */
    static Answer askAbout(Gate gate, String apiVersion, String kind, String name, Map<String, Object> fields) {
        Scene scene = new Scene().runs("api", "dev", "1.0.0", HealthRecord.Status.HEALTHY);
        return ask(gate, scene, List.of(new Manifest(apiVersion, kind, "orders-test", name, "", fields)));
    }

    private static Answer ask(Gate gate, Scene scene, List<Manifest> manifests) {
        scene.rendered(new RenderFacts(API, "", List.of(), List.of(), new Manifests(manifests), null, List.of()));
        return gate.ask(scene.question(Occasion.PROMOTION, "api", "dev", "test"));
    }

    /**
     * The answer to a gateway whose pods are annotated so beside what the chart makes of these values, where platform and tenant
     * are another's.
     */
    static Answer askOf(Gate gate, Catalog catalog, Map<String, String> pods, String... values) {
        Scene scene = new Scene().runs("api", "dev", "1.0.0", HealthRecord.Status.HEALTHY);
        Manifests manifests =
                new Manifests(new HelmRenderer().render(chart(scene, values).annotated(pods)));
        scene.rendered(new RenderFacts(API, "", List.of(), List.of(), manifests, null, List.of()));
        Question question = scene.question(Occasion.PROMOTION, "api", "dev", "test");
        return gate.ask(new Question(
                question.occasion(),
                catalog.platform(),
                catalog.tenants().get(0),
                question.snapshot(),
                question.overrides(),
                question.arriving()));
    }

    private static List<Manifest> rendered(Scene scene, String... values) {
        return new HelmRenderer().render(chart(scene, values));
    }

    private static Chart chart(Scene scene, String... values) {
        StringBuilder release = new StringBuilder();
        scene.release("api", "1.0.0").values().forEach((key, value) -> release.append(nested(key, value)));
        List<String> files = new ArrayList<>(List.of("type: gateway\n", release.toString()));
        files.addAll(List.of(values));
        return Chart.of(
                "resources/helm/mi-service",
                scene.tenant().name(),
                API,
                new EnvironmentName("test"),
                false,
                merged(files));
    }

    private static List<String> merged(List<String> files) {
        return files.stream()
                .flatMap(file -> file.lines().noneMatch(String::isBlank)
                        ? java.util.stream.Stream.of(file)
                        : java.util.stream.Stream.of(file.split("\n\n")))
                .toList();
    }

    /** Each key as a document of its own; Helm merges them. */
    private static String nested(String key, String value) {
        String[] keys = key.split("\\.");
        return keys.length == 1
                ? keys[0] + ": \"" + value + "\"\n\n"
                : keys[0] + ": {" + keys[1] + ": \"" + value + "\"}\n\n";
    }
}
