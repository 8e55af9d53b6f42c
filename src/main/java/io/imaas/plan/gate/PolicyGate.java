package io.imaas.plan.gate;

import io.imaas.model.policy.PolicyVerdict;
import io.imaas.plan.snapshot.RenderFacts;
import java.util.List;
import java.util.stream.Collectors;

/** Open when the platform's admission policies let every object in that a service would bring into the cluster. */
final class PolicyGate implements Gate {
    private static final int SHOWN = 5;

    @Override
    public Answer ask(Question question) {
        RenderFacts facts = question.snapshot().render(question.service()).orElse(null);
        if (facts == null || !facts.problem().isEmpty() || facts.policies() == null) {
            return Answer.notAsked();
        }
        List<PolicyVerdict> refusals =
                facts.policies().stream().filter(PolicyVerdict::isRefusal).toList();
        if (refusals.isEmpty()) {
            return Answer.open("the platform's policies let every object in" + remarks(facts.policies()));
        }
        String more = refusals.size() <= SHOWN ? "" : "; and " + (refusals.size() - SHOWN) + " more";
        return Answer.closed(
                refusals.stream().limit(SHOWN).map(PolicyVerdict::sentence).collect(Collectors.joining("; ")) + more,
                refusals.stream()
                        .map(refusal -> fix(question, refusal))
                        .distinct()
                        .limit(SHOWN)
                        .collect(Collectors.joining("; or ")));
    }

    private static String fix(Question question, PolicyVerdict refusal) {
        return refusal.kind() == PolicyVerdict.Kind.DENIED
                ? "change the values of " + question.service() + "; an admin may change the rule in " + refusal.where()
                : "an admin changes the rule in " + refusal.where() + " ('imaas validate' tells what can be asked)";
    }

    private static String remarks(List<PolicyVerdict> told) {
        return told.isEmpty()
                ? ""
                : "; " + told.stream().limit(SHOWN).map(PolicyVerdict::sentence).collect(Collectors.joining("; "));
    }
}
