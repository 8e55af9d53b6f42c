package io.imaas.catalog;

import io.imaas.model.tenancy.ApprovalPolicy;
import io.imaas.model.tenancy.EnvironmentName;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Reads who must say yes. */
final class ApprovalFields {
    private ApprovalFields() {}

    /**
     * The platform's minimum.
     *
     * @param least what holds wherever somebody is asked
     * @param everywhere where somebody is asked even if the tenant names nobody: then its owners are
     */
    record Minimum(ApprovalPolicy least, Set<EnvironmentName> everywhere) {
        static final Minimum NONE = new Minimum(ApprovalPolicy.NONE, Set.of());

        static Minimum of(Section given) {
            return new Minimum(policy(given, List.of()), given.set("environments", "bad-name", EnvironmentName::new));
        }

        /** What holds in an environment of which the tenant says this. */
        ApprovalPolicy under(ApprovalPolicy said, EnvironmentName environment, List<String> owners) {
            boolean owed = said.asksNobody() && everywhere.contains(environment);
            return (owed ? ApprovalPolicy.oneOf(owners) : said).atLeast(least);
        }
    }

    /** {@code approvals}, or {@code approvers} alone, of an environment. */
    static ApprovalPolicy of(Section environment, Findings findings) {
        List<String> approvers = people(environment, "approvers");
        if (!environment.has("approvals")) {
            return ApprovalPolicy.oneOf(approvers);
        }
        if (environment.has("approvers")) {
            findings.refine(
                    "approvers-twice",
                    environment.at("approvers"),
                    "'approvers' and 'approvals' both say who is asked",
                    "move the approvers to 'approvals: {from: [...]}'");
        }
        Section given = environment.section("approvals");
        ApprovalPolicy policy = policy(given, people(given, "from"));
        boolean namesTeams = policy.from().stream().anyMatch(one -> one.contains("/"));
        if (!policy.from().isEmpty()
                && !namesTeams
                && policy.required() > policy.from().size()) {
            findings.refine(
                    "too-few-approvers",
                    given.at("required"),
                    policy.required() + " people must say yes, and 'from' names "
                            + policy.from().size(),
                    "name more people or a team, or ask for fewer");
        }
        return policy;
    }

    static ApprovalPolicy policy(Section given, List<String> from) {
        return new ApprovalPolicy(
                given.whole("required", 1),
                from,
                given.isTrue("requesterMayNot"),
                given.isTrue("authorsMayNot"),
                given.isTrue("provenOnly"),
                given.value("expire", "bad-time", Times::span, Duration.ZERO));
    }

    static List<String> people(Section section, String key) {
        return section.list(key, "bad-person", s -> s);
    }
}
