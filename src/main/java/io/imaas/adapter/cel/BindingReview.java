package io.imaas.adapter.cel;

import io.imaas.model.failure.Location;
import io.imaas.model.policy.AdmissionPolicy;
import io.imaas.model.policy.MatchRules;
import io.imaas.model.policy.PolicyBinding;
import io.imaas.model.policy.PolicyBinding.Action;
import io.imaas.model.policy.PolicySet.PolicyParameters;
import io.imaas.model.policy.PolicyVerdict;
import io.imaas.model.policy.PolicyVerdict.Kind;
import io.imaas.model.policy.ResourceRule;
import io.imaas.port.AdmissionPolicies.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Asks one policy, as one binding puts it into force, about requests; in the order and with the words of an API server. */
final class BindingReview {
    private static final int LONGEST_MESSAGE = 5 << 10;

    private final CompiledPolicy compiled;
    private final PolicyBinding binding;
    private final List<PolicyParameters> known;
    private final Map<String, Object> namespace;
    private final Budget budget;

    BindingReview(
            CompiledPolicy compiled,
            PolicyBinding binding,
            List<PolicyParameters> known,
            Question question,
            Budget budget) {
        this.compiled = compiled;
        this.binding = binding;
        this.known = known;
        this.namespace = question.namespace();
        this.budget = budget;
    }

    List<PolicyVerdict> of(Attempt attempt) {
        Map<?, ?> labels = Attempt.map(Attempt.map(namespace.get("metadata")).get("labels"));
        Matching own = Matching.of(policy().constraints(), attempt, labels);
        Matching narrowed = Matching.of(binding.matches(), attempt, labels);
        if (own == Matching.NO || narrowed == Matching.NO) {
            return List.of();
        }
        if (own == Matching.OTHER_VERSION || narrowed == Matching.OTHER_VERSION) {
            return List.of(unknown(
                    attempt,
                    policy().where(),
                    "its rules name another version of " + attempt.resource() + " than " + attempt.version()
                            + ", to which only the API server converts"));
        }
        if (!compiled.problems().isEmpty()) {
            return List.of(unknown(
                    attempt,
                    compiled.problems().get(0).where(),
                    compiled.problems().get(0).what()));
        }
        if (!policy().parameters().isEmpty() && !policy().parameters().equals(AdmissionPolicy.CONFIG_MAP)) {
            return List.of(unknown(
                    attempt,
                    policy().where(),
                    "its parameters are " + policy().parameters() + ", and only ConfigMaps are read here"));
        }
        return asked(attempt);
    }

    private List<PolicyVerdict> asked(Attempt attempt) {
        List<PolicyVerdict> verdicts = new ArrayList<>();
        if (policy().parameters().isEmpty() || binding.parameters() == null) {
            verdicts.addAll(with(null, attempt));
            return verdicts;
        }
        List<PolicyParameters> parameters = known.stream()
                .filter(one -> binding.parameters().means(one, attempt.namespace()))
                .toList();
        if (parameters.isEmpty() && binding.parameters().required() && policy().failsClosed()) {
            verdicts.add(no(
                    attempt,
                    binding.where(),
                    "failed to configure binding: no params found for policy binding with `Deny`"
                            + " parameterNotFoundAction"));
        }
        parameters.forEach(one -> verdicts.addAll(with(one.fields(), attempt)));
        return verdicts;
    }

    private List<PolicyVerdict> with(Map<String, Object> parameters, Attempt attempt) {
        Evaluation evaluation = new Evaluation(budget)
                .with("object", attempt.object())
                .with("oldObject", attempt.old())
                .with("request", attempt.request())
                .with("params", parameters)
                .with("namespaceObject", namespace);
        compiled.variables().forEach(evaluation::with);
        List<PolicyVerdict> verdicts = new ArrayList<>();
        Location where = policy().where();
        try {
            if (isAbout(evaluation, attempt, verdicts)) {
                for (CompiledPolicy.Rule rule : compiled.rules()) {
                    where = rule.expression().expression().where();
                    ask(rule, evaluation, attempt, verdicts);
                }
            }
        } catch (GivenUp e) {
            verdicts.add(unknown(attempt, where, e.getMessage()));
        }
        return verdicts;
    }

    private boolean isAbout(Evaluation evaluation, Attempt attempt, List<PolicyVerdict> verdicts) {
        List<PolicyVerdict> failures = new ArrayList<>();
        for (Language.Compiled condition : compiled.conditions()) {
            Evaluation.Result result = evaluation.of(condition);
            if (result.failed()) {
                failed(attempt, condition, result, failures);
            } else if (!result.isTrue()) {
                return false;
            }
            if (result.failed() && !policy().failsClosed()) {
                return false;
            }
        }
        verdicts.addAll(failures);
        return failures.isEmpty();
    }

    private void ask(CompiledPolicy.Rule rule, Evaluation evaluation, Attempt attempt, List<PolicyVerdict> verdicts) {
        Evaluation.Result result = evaluation.of(rule.expression());
        if (result.failed()) {
            failed(attempt, rule.expression(), result, verdicts);
        } else if (!result.isTrue()) {
            verdicts.add(no(attempt, rule.expression().expression().where(), message(rule, evaluation)));
        }
    }

    private void failed(
            Attempt attempt, Language.Compiled expression, Evaluation.Result result, List<PolicyVerdict> verdicts) {
        String error = error(expression, result);
        if (policy().failsClosed()) {
            verdicts.add(no(attempt, expression.expression().where(), error));
        } else if (!result.certain()) {
            throw new GivenUp(error + ", which the policy ignores, but the API server may find a value there");
        }
    }

    private static String error(Language.Compiled expression, Evaluation.Result result) {
        return "expression '" + expression.expression().text().strip() + "' resulted in error: " + result.problem();
    }

    /** What the policy makes itself counts when it is one short line; its fixed message stands in for it. */
    private static String message(CompiledPolicy.Rule rule, Evaluation evaluation) {
        if (rule.message() != null) {
            Evaluation.Result made = evaluation.of(rule.message());
            String text = made.value() instanceof String words ? words.strip() : "";
            if (!text.isEmpty() && text.length() <= LONGEST_MESSAGE && !text.contains("\n")) {
                return text;
            }
        }
        return rule.text().isBlank()
                ? "failed expression: " + rule.expression().expression().text().strip()
                : rule.text().strip();
    }

    private PolicyVerdict no(Attempt attempt, Location where, String message) {
        Kind kind = binding.actions().contains(Action.DENY)
                ? Kind.DENIED
                : binding.actions().contains(Action.WARN) ? Kind.WARNED : Kind.AUDITED;
        return verdict(kind, attempt, where, message);
    }

    /** A binding that denies nothing is not kept from it by what can't be asked. */
    private PolicyVerdict unknown(Attempt attempt, Location where, String why) {
        return binding.actions().contains(Action.DENY)
                ? verdict(Kind.UNKNOWN, attempt, where, why)
                : verdict(Kind.WARNED, attempt, where, "it can't be asked here: " + why);
    }

    private PolicyVerdict verdict(Kind kind, Attempt attempt, Location where, String message) {
        String plain = message.replaceAll("\\p{Cntrl}+", " ");
        return new PolicyVerdict(kind, policy().name(), binding.name(), attempt.shown(), plain, where);
    }

    private AdmissionPolicy policy() {
        return compiled.policy();
    }

    /** Whether rules are about a request. */
    private enum Matching {
        YES,
        NO,
        /** They name another version of the kind, to which only an API server converts. */
        OTHER_VERSION;

        /** @param namespace the labels of the object's namespace */
        static Matching of(MatchRules rules, Attempt attempt, Map<?, ?> namespace) {
            boolean namespaced = !attempt.namespace().isEmpty();
            if ((namespaced && !rules.namespaces().selects(namespace))
                    || attempt.labels().stream().noneMatch(rules.objects()::selects)
                    || rules.exclude().stream().anyMatch(rule -> isAbout(rule, attempt, rules.exact()))) {
                return NO;
            }
            if (rules.include().isEmpty() || rules.include().stream().anyMatch(rule -> isAbout(rule, attempt, true))) {
                return YES;
            }
            return rules.include().stream().anyMatch(rule -> isAbout(rule, attempt, rules.exact()))
                    ? OTHER_VERSION
                    : NO;
        }

        private static boolean isAbout(ResourceRule rule, Attempt attempt, boolean exact) {
            return rule.matches(
                            attempt.group(),
                            attempt.resource(),
                            attempt.operation(),
                            attempt.name(),
                            !attempt.namespace().isEmpty())
                    && (!exact || rule.matchesVersion(attempt.version()));
        }
    }
}
