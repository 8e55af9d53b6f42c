package io.imaas.adapter.cel;

import io.imaas.model.failure.Problem;
import io.imaas.model.policy.AdmissionPolicy;
import io.imaas.model.policy.PolicyBinding;
import io.imaas.model.policy.PolicySet;
import io.imaas.model.policy.PolicyVerdict;
import io.imaas.port.AdmissionPolicies;
import io.imaas.port.AdmissionPolicies.Question;
import io.imaas.port.Remembered;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@link AdmissionPolicies} in this process. Compiled policies are kept, for the same few are asked again and again. */
public final class CelAdmissionPolicies implements AdmissionPolicies {
    private static final int KEPT = 200;

    private final Remembered<AdmissionPolicy, CompiledPolicy> compiled = new Remembered<>(KEPT);

    @Override
    public List<Problem> problems(PolicySet policies) {
        return policies.policies().stream()
                .flatMap(policy -> compiled(policy).problems().stream())
                .toList();
    }

    @Override
    public List<PolicyVerdict> review(PolicySet policies, Question question) {
        Budget budget = new Budget();
        List<Attempt> attempts = Attempt.of(question);
        List<PolicyVerdict> verdicts = new ArrayList<>();
        for (PolicyBinding binding : policies.bindings()) {
            Optional<AdmissionPolicy> policy = policies.policy(binding.policy());
            if (policy.isPresent()) {
                BindingReview review =
                        new BindingReview(compiled(policy.get()), binding, policies.parameters(), question, budget);
                attempts.forEach(attempt -> verdicts.addAll(review.of(attempt)));
            }
        }
        return verdicts;
    }

    /** Loaded with the first policy: every command has this port, and few ask it. */
    private static final class Loaded {
        private static final Language LANGUAGE =
                Language.ofKubernetes().knowing("object", "oldObject", "request", "params", "namespaceObject");
    }

    private CompiledPolicy compiled(AdmissionPolicy policy) {
        return compiled.answer(policy, () -> CompiledPolicy.of(policy, Loaded.LANGUAGE));
    }
}
