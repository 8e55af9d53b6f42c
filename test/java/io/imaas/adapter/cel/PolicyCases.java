package io.imaas.adapter.cel;

import io.imaas.catalog.CatalogReader;
import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.policy.PolicySet;
import io.imaas.model.policy.PolicyVerdict;
import io.imaas.port.AdmissionPolicies;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The cases of {@code policies/cases.yaml}: policies, one object, and what a real API server said to it. */
final class PolicyCases {
    private static final String API = "admissionregistration.k8s.io/v1";

    private PolicyCases() {}

    static Stream<PolicyCase> all() {
        Map<?, ?> file = file();
        return ((List<?>) file.get("cases")).stream().map(one -> new PolicyCase(map(one), map(file.get("object"))));
    }

    private static Map<?, ?> file() {
        try (InputStream in = PolicyCases.class.getResourceAsStream("/policies/cases.yaml")) {
            return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromInputStream(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    record PolicyCase(Map<String, Object> given, Map<String, Object> object) {
        String name() {
            return (String) given.get("name");
        }

        /** {@code allowed}, {@code no policy}, or the message of the refusal. */
        String real() {
            return (String) given.get("real");
        }

        /** Part of the message that says why the gate stays closed whatever the API server said; null: it agrees. */
        String here() {
            return (String) given.getOrDefault("here", given.get("refused"));
        }

        /** Whether the refusal tells of an error, in words of whoever evaluates. */
        boolean isError() {
            return given.containsKey("error");
        }

        /** The objects to apply, each as a map, in a namespace that is called like the policy. */
        List<Map<String, Object>> documents(String policy) {
            List<Map<String, Object>> documents = new ArrayList<>();
            Map<String, Object> spec = new LinkedHashMap<>();
            Map<String, Object> matches = new LinkedHashMap<>();
            matches.put(
                    "resourceRules",
                    List.of(Map.of(
                            "apiGroups", given.getOrDefault("groups", List.of("apps")),
                            "apiVersions", given.getOrDefault("versions", List.of("v1")),
                            "operations", given.getOrDefault("operations", List.of("CREATE", "UPDATE")),
                            "resources", given.getOrDefault("resources", List.of("deployments")))));
            matches.putAll(map(given.getOrDefault("match", Map.of())));
            spec.put("matchConstraints", matches);
            for (String key : List.of("validations", "failurePolicy", "variables", "matchConditions", "paramKind")) {
                if (given.containsKey(key)) {
                    spec.put(key, given.get(key));
                }
            }
            Map<String, Object> narrowed = new LinkedHashMap<>(map(given.getOrDefault("bindingMatch", Map.of())));
            narrowed.put("namespaceSelector", Map.of("matchLabels", Map.of("kubernetes.io/metadata.name", policy)));
            Map<String, Object> binding = new LinkedHashMap<>();
            binding.put("policyName", policy);
            binding.put("validationActions", given.getOrDefault("actions", List.of("Deny")));
            binding.put("matchResources", narrowed);
            if (given.containsKey("params")) {
                parameters(policy, spec, binding, documents);
            }
            documents.add(document(API, "ValidatingAdmissionPolicy", policy, spec));
            documents.add(document(API, "ValidatingAdmissionPolicyBinding", policy, binding));
            return documents;
        }

        private void parameters(
                String policy,
                Map<String, Object> spec,
                Map<String, Object> binding,
                List<Map<String, Object>> documents) {
            spec.put("paramKind", Map.of("apiVersion", "v1", "kind", "ConfigMap"));
            Map<String, Object> reference = new LinkedHashMap<>();
            reference.put("parameterNotFoundAction", given.getOrDefault("notFound", "Deny"));
            if (given.containsKey("selector")) {
                reference.put("selector", given.get("selector"));
            } else {
                reference.put("name", "limits");
            }
            binding.put("paramRef", reference);
            boolean there = !map(given.get("params")).isEmpty();
            Map<String, Object> metadata = new LinkedHashMap<>();
            metadata.put("name", "limits");
            metadata.put("namespace", there ? policy : policy + "-other");
            metadata.put("labels", Map.of("for", "policies"));
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("apiVersion", "v1");
            map.put("kind", "ConfigMap");
            map.put("metadata", metadata);
            map.put("data", given.get("params"));
            documents.add(map);
        }

        private static Map<String, Object> document(String api, String kind, String name, Map<String, Object> spec) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("apiVersion", api);
            document.put("kind", kind);
            document.put("metadata", Map.of("name", name));
            document.put("spec", spec);
            return document;
        }

        /** As the platform repository would have it. */
        PolicySet policies(String policy) {
            String text = documents(policy).stream()
                    .map(document -> new Dump(DumpSettings.builder().build()).dumpToString(document))
                    .collect(Collectors.joining("---\n"));
            return CatalogReader.read(Map.of(
                            "platform.yaml",
                            "platform: acme\nregistries: [registry.example.org/imaas]\n",
                            "policies/case.yaml",
                            text))
                    .orThrow()
                    .policies();
        }

        List<PolicyVerdict> here(String policy) {
            Map<String, Object> metadata = Map.of(
                    "name",
                    policy,
                    "labels",
                    Map.of("imaas.io/tenant", "orders", "kubernetes.io/metadata.name", policy));
            Manifest manifest = new Manifest("apps/v1", "Deployment", policy, "order-api", "", object);
            return new CelAdmissionPolicies()
                    .review(
                            policies(policy),
                            new AdmissionPolicies.Question(Map.of("metadata", metadata), List.of(), List.of(manifest)));
        }

        @Override
        public String toString() {
            return name();
        }
    }
}
