package io.imaas.app;

import io.imaas.catalog.CatalogReader;
import io.imaas.model.tenancy.Catalog;
import io.imaas.testing.TestKey;
import java.util.LinkedHashMap;
import java.util.Map;

/** Platform metadata in words, read as the platform's own files are. */
final class Metadata {
    private Metadata() {}

    /** A tenant with one service, {@code order-api}, in dev, test and prod. */
    static Catalog catalog(String tenant, String repository) {
        return catalog(
                "registry.example.org/imaas",
                tenant,
                "https://github.com/acme/" + tenant + "-gitops.git",
                Map.of("order-api", "repository: '" + repository + "'"));
    }

    /** @param services name to the service's further fields, in YAML's short form */
    static Catalog catalog(String registry, String tenant, String gitops, Map<String, String> services) {
        return CatalogReader.read(files(registry, tenant, gitops, services)).orThrow();
    }

    static Map<String, String> files(String registry, String tenant, String gitops, Map<String, String> services) {
        StringBuilder text = new StringBuilder("tenant: " + tenant + "\nowners: [\"@acme/leads\"]\n"
                + "contact: leads@example.org\ngitops: " + gitops
                + "\nquota: {cpu: 8, memory: 16Gi, pods: 40}"
                + "\nenvironments: [{name: dev}, {name: test}, {name: prod}]\nservices:\n");
        services.forEach((name, fields) -> text.append("  - {name: ")
                .append(name)
                .append(", type: gateway, ")
                .append(fields)
                .append("}\n"));
        Map<String, String> files = new LinkedHashMap<>();
        files.put("platform.yaml", "platform: acme\nregistries: [" + registry + "]\n" + TestKey.listed());
        files.put("tenants/" + tenant + ".yaml", text.toString());
        return files;
    }
}
