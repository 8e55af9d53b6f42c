package io.imaas.port;

import io.imaas.model.failure.Problem;
import io.imaas.model.kubernetes.Manifest;
import java.util.List;

/** Real Helm. */
public interface ChartRenderer {
    /**
     * Renders a chart as Argo CD would.
     *
     * @throws io.imaas.model.failure.FailureException INPUT with Helm's own words when it does not render
     */
    List<Manifest> render(Chart chart);

    List<Problem> lint(Chart chart);

    /**
     * @param folder path of the chart on this machine
     * @param values YAML documents, later ones win
     */
    record Chart(String folder, String releaseName, String namespace, List<String> values) {
        public Chart {
            values = List.copyOf(values);
        }
    }
}
