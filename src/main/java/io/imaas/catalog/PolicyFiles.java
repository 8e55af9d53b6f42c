package io.imaas.catalog;

import io.imaas.model.failure.Location;
import io.imaas.model.failure.Spelling;
import io.imaas.model.policy.AdmissionPolicy;
import io.imaas.model.policy.LabelSelector;
import io.imaas.model.policy.PolicyBinding;
import io.imaas.model.policy.PolicyBinding.Action;
import io.imaas.model.policy.PolicySet;
import io.imaas.model.policy.PolicySet.PolicyParameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code policies/*.yaml}: Kubernetes' own objects, of which a file may hold several. */
final class PolicyFiles {
    private static final Pattern FILE = Pattern.compile("policies/[^/]+\\.ya?ml");
    private static final String POLICY = "ValidatingAdmissionPolicy";
    private static final String BINDING = "ValidatingAdmissionPolicyBinding";
    private static final String PARAMETERS = "ConfigMap";
    private static final Map<String, SchemaCheck> SCHEMAS = Map.of(
            POLICY, SchemaCheck.named("admission-policy"),
            BINDING, SchemaCheck.named("admission-binding"),
            PARAMETERS, SchemaCheck.named("admission-parameters"));

    private final Findings findings;
    private final Map<String, AdmissionPolicy> policies = new LinkedHashMap<>();
    private final Map<String, PolicyBinding> bindings = new LinkedHashMap<>();
    private final Map<String, PolicyParameters> parameters = new LinkedHashMap<>();

    private PolicyFiles(Findings findings) {
        this.findings = findings;
    }

    static boolean isOne(String path) {
        return FILE.matcher(path).matches();
    }

    /** @param files of the whole repository, by path */
    static PolicySet read(Map<String, String> files, Findings findings) {
        PolicyFiles reader = new PolicyFiles(findings);
        files.forEach((path, text) -> {
            if (isOne(path)) {
                YamlTree.readAll(path, text, findings).forEach(reader::document);
            }
        });
        reader.bindings.values().forEach(reader::check);
        reader.policies.values().forEach(reader::requireBinding);
        return new PolicySet(
                List.copyOf(reader.policies.values()),
                List.copyOf(reader.bindings.values()),
                List.copyOf(reader.parameters.values()));
    }

    private void document(YamlNode node) {
        Section root = Section.of(node, findings);
        String kind = root.word("kind");
        SchemaCheck schema = SCHEMAS.get(kind);
        if (schema == null) {
            findings.error(
                    "policy-kind",
                    root.at("kind"),
                    kind.isEmpty()
                            ? "this is not a Kubernetes object"
                            : "'" + kind + "' is not a kind that is read here",
                    "a policy file holds "
                            + String.join(
                                    ", ", SCHEMAS.keySet().stream().sorted().toList()));
            return;
        }
        schema.check(node, findings);
        PolicyFields fields = new PolicyFields(root, JsonView.plain(node));
        switch (kind) {
            case POLICY -> keep(policies, fields.name(), fields.policy(), root);
            case BINDING -> keep(bindings, fields.name(), fields.binding(), root);
            default -> {
                PolicyParameters one = fields.parameters();
                keep(parameters, one.namespace() + "/" + one.name(), one, root);
            }
        }
    }

    private <T> void keep(Map<String, T> known, String name, T value, Section root) {
        if (known.putIfAbsent(name, value) != null) {
            findings.refine(
                    "duplicate-policy",
                    root.section("metadata").at("name"),
                    "there are two objects of this kind called '" + name + "'",
                    "rename one of them");
        }
    }

    private void check(PolicyBinding binding) {
        AdmissionPolicy policy = policies.get(binding.policy());
        if (policy == null) {
            findings.refine(
                    "unknown-policy",
                    binding.where(),
                    "binding '" + binding.name() + "' names the policy '" + binding.policy() + "', which is not there",
                    Spelling.suggestion(binding.policy(), List.copyOf(policies.keySet())));
            return;
        }
        boolean everywhere = policy.constraints().namespaces().equals(LabelSelector.EVERYTHING)
                && binding.matches().namespaces().equals(LabelSelector.EVERYTHING);
        if (everywhere && binding.actions().contains(Action.DENY)) {
            findings.warning(
                    "policy-everywhere",
                    binding.where(),
                    "binding '" + binding.name() + "' holds in every namespace of the cluster, the system's included",
                    "add spec.matchResources.namespaceSelector: {matchLabels: {imaas.io/platform: NAME}}");
        }
        parameters(policy, binding);
    }

    private void parameters(AdmissionPolicy policy, PolicyBinding binding) {
        if (policy.parameters().isEmpty()) {
            return;
        }
        if (!policy.parameters().equals(AdmissionPolicy.CONFIG_MAP)) {
            findings.warning(
                    "policy-parameters",
                    policy.where(),
                    "parameters of kind " + policy.parameters() + " are not read: the gate 'policy' stays closed for"
                            + " whatever this policy is about",
                    "keep them in a ConfigMap, paramKind: {apiVersion: v1, kind: ConfigMap}");
        } else if (binding.parameters() == null) {
            findings.warning(
                    "policy-parameters",
                    binding.where(),
                    "policy '" + policy.name() + "' has parameters, and this binding names none: 'params' is null",
                    "add spec.paramRef");
        } else if (parameters.values().stream().noneMatch(one -> meant(binding, one))) {
            findings.refine(
                    "policy-parameters",
                    binding.where(),
                    "binding '" + binding.name() + "' names parameters that are not there",
                    "add the ConfigMap to policies/, with name and namespace");
        }
    }

    private static boolean meant(PolicyBinding binding, PolicyParameters one) {
        String namespace = Optional.of(binding.parameters().namespace())
                .filter(given -> !given.isEmpty())
                .orElse(one.namespace());
        return binding.parameters().means(one, namespace);
    }

    private void requireBinding(AdmissionPolicy policy) {
        if (bindings.values().stream().noneMatch(binding -> binding.policy().equals(policy.name()))) {
            Location where = policy.where();
            findings.warning(
                    "policy-unbound",
                    where,
                    "policy '" + policy.name() + "' is not in force: no binding names it",
                    "add a ValidatingAdmissionPolicyBinding with spec.policyName: " + policy.name());
        }
    }
}
