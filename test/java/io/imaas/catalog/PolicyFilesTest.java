package io.imaas.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.failure.Problem;
import io.imaas.model.policy.PolicySet;
import io.imaas.model.tenancy.Catalog;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicyFilesTest {
    private static final String POLICY =
            """
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicy
            metadata: {name: replicas}
            spec:
              matchConstraints:
                resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}]
              validations: [{expression: object.spec.replicas < 5}]
            """;
    private static final String BINDING =
            """
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicyBinding
            metadata: {name: replicas}
            spec:
              policyName: replicas
              validationActions: [Deny]
              matchResources: {namespaceSelector: {matchLabels: {imaas.io/platform: acme}}}
            """;

    private static Read<Catalog> read(String... files) {
        Map<String, String> all = new java.util.TreeMap<>();
        all.put("platform.yaml", "platform: acme\nregistries: [registry.example.org/imaas]\n");
        for (int i = 0; i < files.length; i++) {
            all.put("policies/p" + i + ".yaml", files[i]);
        }
        return CatalogReader.read(all);
    }

    private static String problems(String... files) {
        return String.join(
                "\n", read(files).problems().stream().map(Problem::sentence).toList());
    }

    @Test
    void severalObjectsInOneFileAreRead() {
        PolicySet policies = read(POLICY + "---\n" + BINDING).orThrow().policies();

        assertThat(policies.policies()).hasSize(1);
        assertThat(policies.bindings()).hasSize(1);
        assertThat(policies.policies().get(0).validations().get(0).expression().where())
                .hasToString("policies/p0.yaml:7:30");
        assertThat(policies.policies().get(0).fields()).containsEntry("kind", "ValidatingAdmissionPolicy");
    }

    @Test
    void aKeyThatKubernetesDoesNotKnowIsAnError() {
        assertThat(problems(POLICY.replace("validations:", "validation:"), BINDING))
                .contains("policies/p0.yaml:7:3: error: the key 'validation' is unknown (did you mean 'validations'?)");
    }

    @Test
    void aPolicyWithoutABindingIsTold() {
        assertThat(problems(POLICY)).contains("policy 'replicas' is not in force");
    }

    @Test
    void aBindingOfNoPolicyIsAnError() {
        assertThat(problems(POLICY, BINDING.replace("policyName: replicas", "policyName: replica")))
                .contains("error: binding 'replicas' names the policy 'replica', which is not there")
                .contains("replicas");
    }

    @Test
    void aBindingForTheWholeClusterIsTold() {
        assertThat(problems(POLICY, BINDING.replaceAll("(?m)^  matchResources.*\n", "")))
                .contains("holds in every namespace of the cluster, the system's included");
    }

    @Test
    void parametersOfOtherKindsAreTold() {
        assertThat(problems(
                        POLICY.replace("spec:\n", "spec:\n  paramKind: {apiVersion: example.org/v1, kind: Limits}\n"),
                        BINDING))
                .contains("parameters of kind example.org/v1/Limits are not read");
    }

    @Test
    void parametersThatAreNotThereAreAnError() {
        String policy = POLICY.replace("spec:\n", "spec:\n  paramKind: {apiVersion: v1, kind: ConfigMap}\n");
        String binding =
                BINDING.replace("spec:\n", "spec:\n  paramRef: {name: limits, parameterNotFoundAction: Allow}\n");
        String limits =
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: limits, namespace: orders-dev}\ndata: {max: '5'}\n";

        assertThat(problems(policy, binding)).contains("error: binding 'replicas' names parameters that are not there");
        assertThat(read(policy, binding, limits).problems()).isEmpty();
    }

    @Test
    void otherKindsAndTwoOfOneNameAreErrors() {
        assertThat(problems("apiVersion: v1\nkind: Secret\nmetadata: {name: x}\n"))
                .contains("'Secret' is not a kind that is read here");
        assertThat(problems(POLICY, POLICY, BINDING)).contains("there are two objects of this kind called 'replicas'");
    }

    @Test
    void aFileInAFolderBelowIsNotOverlooked() {
        assertThat(CatalogReader.concerns("policies/more/x.yaml")).isTrue();
        assertThat(CatalogReader.read(Map.of(
                                "platform.yaml",
                                "platform: acme\nregistries: [registry.example.org/imaas]\n",
                                "policies/more/x.yaml",
                                POLICY))
                        .problems())
                .anyMatch(problem -> problem.rule().equals("misplaced-file"));
    }
}
