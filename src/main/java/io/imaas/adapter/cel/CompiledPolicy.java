package io.imaas.adapter.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import io.imaas.model.failure.Problem;
import io.imaas.model.policy.AdmissionPolicy;
import io.imaas.model.policy.AdmissionPolicy.Expression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A policy whose expressions are ready.
 *
 * @param variables by the name under which expressions know them: {@code variables.x}
 * @param problems why some of it can't be evaluated; then none of it is
 */
record CompiledPolicy(
        AdmissionPolicy policy,
        List<Language.Compiled> conditions,
        Map<String, Language.Compiled> variables,
        List<Rule> rules,
        List<Problem> problems) {
    /** @param message makes the message, or null */
    record Rule(Language.Compiled expression, Language.Compiled message, String text) {}

    /** @param language what every policy may use */
    static CompiledPolicy of(AdmissionPolicy policy, Language language) {
        return new Compiler(language).compile(policy);
    }

    /** Used once. */
    private static final class Compiler {
        private final List<Problem> problems = new ArrayList<>();
        private Language language;

        Compiler(Language language) {
            this.language = language;
        }

        CompiledPolicy compile(AdmissionPolicy policy) {
            List<Language.Compiled> conditions = new ArrayList<>();
            Map<String, Language.Compiled> variables = new LinkedHashMap<>();
            List<Rule> rules = new ArrayList<>();
            // Conditions come before variables: an API server lets them use none.
            policy.conditions().forEach(condition -> conditions.add(compiled(condition, SimpleType.BOOL)));
            policy.variables().forEach(variable -> {
                Language.Compiled known = compiled(variable, SimpleType.DYN);
                String name = "variables." + variable.name();
                language = language.knowing(name, known == null ? SimpleType.DYN : known.type());
                variables.put(name, known);
            });
            policy.validations().forEach(validation -> {
                Expression message = validation.messageExpression();
                rules.add(new Rule(
                        compiled(validation.expression(), SimpleType.BOOL),
                        message == null ? null : compiled(message, SimpleType.STRING),
                        validation.message()));
            });
            return new CompiledPolicy(policy, conditions, variables, rules, problems);
        }

        /** Null: a problem says why not. */
        private Language.Compiled compiled(Expression expression, CelType gives) {
            try {
                return language.compile(expression, gives);
            } catch (Language.Uncompiled e) {
                problems.add(
                        Problem.error(
                                "policy-expression",
                                expression.where(),
                                "'" + shortened(expression.text()) + "' can't be evaluated here: " + e.getMessage(),
                                "write it with what docs/policies.md lists; whatever it is part of refuses everything until then"));
                return null;
            }
        }

        private static String shortened(String text) {
            String line = text.strip().replaceAll("\\s+", " ");
            return line.length() <= 120 ? line : line.substring(0, 119) + "…";
        }
    }
}
