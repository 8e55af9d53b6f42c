package io.imaas.jenkins.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the credentials of tenants are called: ids with {@code {tenant}} in them; an empty one is not a rule.
 *
 * @param git for the tenant's repositories
 * @param registry for its images
 * @param slack for its notifications
 */
public record NamingRules(String git, String registry, String slack) {
    private static final String TENANT = "{tenant}";

    /** The id that a rule gives a tenant, or empty when there is no rule. */
    public static String idFor(String rule, String tenant) {
        return rule.replace(TENANT, tenant);
    }

    /** All ids of one tenant by these rules; none while something is wrong with them. */
    public Set<String> idsFor(String tenant) {
        return problem().isPresent()
                ? Set.of()
                : given().map(rule -> idFor(rule, tenant)).collect(Collectors.toUnmodifiableSet());
    }

    /** What is wrong with them: by none of them may one tenant's credentials be another tenant's. */
    public Optional<String> problem() {
        List<String> rules = given().distinct().toList();
        for (String rule : rules) {
            if (!rule.matches("[^{}]*\\{tenant}[^{}]*")) {
                return Optional.of("'" + rule + "' must have {tenant} in it, once, and no other braces");
            }
        }
        for (String rule : rules) {
            for (String other : rules) {
                if (!rule.equals(other) && confused(rule, other)) {
                    return Optional.of("'" + rule + "' and '" + other
                            + "' can be the same id for two tenants: let both begin or end differently");
                }
            }
        }
        return Optional.empty();
    }

    private Stream<String> given() {
        return Stream.of(git, registry, slack).filter(rule -> !rule.isEmpty());
    }

    /** {@code a-{tenant}} and {@code a-{tenant}-b} are both a-x-b, of tenants x-b and x. */
    private static boolean confused(String rule, String other) {
        return before(rule).startsWith(before(other))
                && (after(rule).endsWith(after(other)) || after(other).endsWith(after(rule)));
    }

    private static String before(String rule) {
        return rule.substring(0, rule.indexOf(TENANT));
    }

    private static String after(String rule) {
        return rule.substring(rule.indexOf(TENANT) + TENANT.length());
    }
}
