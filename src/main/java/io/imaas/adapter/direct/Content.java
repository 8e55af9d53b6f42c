package io.imaas.adapter.direct;

import io.imaas.model.kubernetes.Manifest;
import io.imaas.port.ChartRenderer;
import io.imaas.port.ChartRenderer.Chart;
import java.util.List;

/** What is applied for a service: the same content, the same objects. */
sealed interface Content {
    List<Manifest> manifests(ChartRenderer renderer);

    /** Manifests that gates looked at, as they stand on their branch; nothing is rendered. */
    record Rendered(String yaml, String namespace) implements Content {
        @Override
        public List<Manifest> manifests(ChartRenderer renderer) {
            return renderer.read(yaml, namespace);
        }
    }

    /** What the environment's files render to, where nobody renders them before. */
    record Charted(Chart chart) implements Content {
        @Override
        public List<Manifest> manifests(ChartRenderer renderer) {
            return renderer.render(chart);
        }
    }
}
