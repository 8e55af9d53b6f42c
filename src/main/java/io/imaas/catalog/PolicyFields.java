package io.imaas.catalog;

import io.imaas.model.policy.AdmissionPolicy;
import io.imaas.model.policy.AdmissionPolicy.Expression;
import io.imaas.model.policy.AdmissionPolicy.Validation;
import io.imaas.model.policy.LabelSelector;
import io.imaas.model.policy.LabelSelector.Operator;
import io.imaas.model.policy.LabelSelector.Requirement;
import io.imaas.model.policy.MatchRules;
import io.imaas.model.policy.PolicyBinding;
import io.imaas.model.policy.PolicyBinding.Action;
import io.imaas.model.policy.PolicyBinding.ParameterReference;
import io.imaas.model.policy.PolicySet.PolicyParameters;
import io.imaas.model.policy.ResourceRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The fields of one object of a policy file. What is missing or of the wrong type is left out: its schema has reported it.
 *
 * @param plain the same as values
 */
record PolicyFields(Section root, Map<String, Object> plain) {
    private static final List<String> ANY = List.of("*");

    String name() {
        return root.section("metadata").word("name");
    }

    AdmissionPolicy policy() {
        Section spec = root.section("spec");
        Section kind = spec.section("paramKind");
        return new AdmissionPolicy(
                name(),
                root.section("metadata").at("name"),
                !spec.text("failurePolicy").orElse("Fail").equals("Ignore"),
                spec.has("paramKind") ? kind.word("apiVersion") + "/" + kind.word("kind") : "",
                matches(spec.section("matchConstraints")),
                expressions(spec, "matchConditions"),
                expressions(spec, "variables"),
                spec.sections("validations").stream()
                        .map(PolicyFields::validation)
                        .toList(),
                plain);
    }

    PolicyBinding binding() {
        Section spec = root.section("spec");
        return new PolicyBinding(
                name(),
                root.section("metadata").at("name"),
                spec.word("policyName"),
                spec.has("paramRef") ? reference(spec.section("paramRef")) : null,
                matches(spec.section("matchResources")),
                spec.choices("validationActions", Action.class),
                plain);
    }

    PolicyParameters parameters() {
        Section metadata = root.section("metadata");
        Map<String, Object> labels = Map.copyOf(metadata.section("labels").texts());
        return new PolicyParameters(name(), metadata.word("namespace"), metadata.at("name"), labels, plain);
    }

    private static ParameterReference reference(Section given) {
        return new ParameterReference(
                given.word("name"),
                selector(given.section("selector")),
                given.word("namespace"),
                given.text("parameterNotFoundAction").orElse("Deny").equals("Deny"));
    }

    private static List<Expression> expressions(Section spec, String key) {
        return spec.sections(key).stream()
                .map(one -> expression(one, "expression", one.word("name")))
                .toList();
    }

    private static Expression expression(Section of, String key, String name) {
        return new Expression(name, of.text(key).orElse(""), of.at(key));
    }

    private static Validation validation(Section one) {
        return new Validation(
                expression(one, "expression", ""),
                one.word("message"),
                one.has("messageExpression") ? expression(one, "messageExpression", "") : null,
                one.word("reason"));
    }

    private static MatchRules matches(Section given) {
        return new MatchRules(
                rules(given, "resourceRules"),
                rules(given, "excludeResourceRules"),
                selector(given.section("namespaceSelector")),
                selector(given.section("objectSelector")),
                given.text("matchPolicy").orElse("Equivalent").equals("Exact"));
    }

    private static List<ResourceRule> rules(Section given, String key) {
        return given.sections(key).stream()
                .map(rule -> new ResourceRule(
                        texts(rule, "apiGroups", ANY),
                        texts(rule, "apiVersions", ANY),
                        texts(rule, "resources", ANY),
                        texts(rule, "operations", ANY),
                        texts(rule, "resourceNames", List.of()),
                        rule.text("scope").orElse("*")))
                .toList();
    }

    private static LabelSelector selector(Section given) {
        List<Requirement> requirements = new ArrayList<>();
        given.section("matchLabels")
                .texts()
                .forEach((key, value) -> requirements.add(new Requirement(key, Operator.IN, List.of(value))));
        given.sections("matchExpressions")
                .forEach(one -> requirements.add(new Requirement(
                        one.word("key"), operator(one.word("operator")), texts(one, "values", List.of()))));
        return requirements.isEmpty() ? LabelSelector.EVERYTHING : new LabelSelector(requirements);
    }

    private static Operator operator(String word) {
        return switch (word) {
            case "In" -> Operator.IN;
            case "NotIn" -> Operator.NOT_IN;
            case "DoesNotExist" -> Operator.DOES_NOT_EXIST;
            default -> Operator.EXISTS;
        };
    }

    private static List<String> texts(Section given, String key, List<String> otherwise) {
        return given.has(key) ? given.list(key, "bad-text", text -> text) : otherwise;
    }
}
