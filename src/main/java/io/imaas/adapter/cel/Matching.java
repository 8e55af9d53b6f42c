package io.imaas.adapter.cel;

import io.imaas.model.policy.MatchRules;
import io.imaas.model.policy.ResourceRule;
import java.util.Map;

/** Whether rules are about a request. */
enum Matching {
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
        return rules.include().stream().anyMatch(rule -> isAbout(rule, attempt, rules.exact())) ? OTHER_VERSION : NO;
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
