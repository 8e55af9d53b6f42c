package io.imaas.port;

import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Real Helm. */
public interface ChartRenderer {
    /**
     * Renders a chart as Argo CD would.
     *
     * @throws io.imaas.model.failure.FailureException INPUT with Helm's own words when it does not render
     */
    List<Manifest> render(Chart chart);

    /**
     * Reads rendered manifests, in the order in which they stand there.
     *
     * @param namespace of the objects that name none
     * @throws io.imaas.model.failure.FailureException INPUT when they are not Kubernetes objects
     */
    List<Manifest> read(String yaml, String namespace);

    /**
     * @param folder path of the chart on this machine; its content stays as it is
     * @param values YAML documents, later ones win
     */
    record Chart(String folder, String releaseName, String namespace, List<String> values) {
        private static final int MIGRATION = 3;

        public Chart {
            values = List.copyOf(values);
        }

        /** The same with annotations of its pods that no file says. */
        public Chart annotated(Map<String, String> pods) {
            StringBuilder text = new StringBuilder("global:\n  podAnnotations:\n");
            pods.forEach((key, value) ->
                    text.append("    \"").append(key).append("\": |-\n").append(value.indent(6)));
            List<String> all = new ArrayList<>(values);
            all.add(pods.isEmpty() ? "global: {podAnnotations: null}\n" : text.toString());
            return new Chart(folder, releaseName, namespace, all);
        }

        /**
         * A service's chart in an environment. Tenant, service and environment come after all files: none of them can say
         * that it is another tenant's, or another environment, or that an admin adopted what ran there before.
         *
         * @param adopted whether an admin did
         * @param files the texts of {@code values.yaml}, {@code release.yaml}, {@code env/<env>.yaml} and {@code
         *     migration.yaml}, of which no other file can say a part; null where there is none
         */
        public static Chart of(
                String folder,
                TenantName tenant,
                ServiceName service,
                EnvironmentName environment,
                boolean adopted,
                List<String> files) {
            List<String> values = new ArrayList<>();
            for (int i = 0; i < files.size(); i++) {
                String text = files.get(i);
                if (text != null && !text.isBlank()) {
                    if (i == MIGRATION) {
                        values.add("migration: null\n");
                    }
                    values.add(text);
                }
            }
            values.add("tenant: \"" + tenant + "\"\nservice: \"" + service + "\"\nenvironment: \"" + environment
                    + "\"\nglobal: {adopted: " + adopted + "}\n");
            return new Chart(folder, service.value(), tenant.namespace(environment), values);
        }
    }
}
