package io.imaas.model.policy;

import java.io.Serializable;
import java.util.List;

/**
 * What a policy, or a binding of it, is about.
 *
 * @param include of a binding none: whatever its policy is about
 * @param exclude what it is not about after all
 * @param namespaces by the labels of the object's namespace
 * @param objects by the labels of the object itself
 * @param exact whether only the very versions count that the rules name
 */
public record MatchRules(
        List<ResourceRule> include,
        List<ResourceRule> exclude,
        LabelSelector namespaces,
        LabelSelector objects,
        boolean exact)
        implements Serializable {
    public MatchRules {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
    }
}
