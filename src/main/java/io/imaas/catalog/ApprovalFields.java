package io.imaas.catalog;

import io.imaas.model.tenancy.ApprovalPolicy;
import java.time.Duration;
import java.util.List;

/** Reads who must say yes. */
final class ApprovalFields {
    private ApprovalFields() {}

    /** {@code approvals}, or {@code approvers} alone, of an environment; never less than the platform demands. */
    static ApprovalPolicy of(Section environment, ApprovalPolicy least, Findings findings) {
        List<String> approvers = people(environment, "approvers");
        if (!environment.has("approvals")) {
            return ApprovalPolicy.oneOf(approvers).atLeast(least);
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
        if (!namesTeams && policy.required() > policy.from().size()) {
            findings.refine(
                    "too-few-approvers",
                    given.at("required"),
                    policy.required() + " people must say yes, and 'from' names "
                            + policy.from().size(),
                    "name more people or a team, or ask for fewer");
        }
        return policy.atLeast(least);
    }

    static ApprovalPolicy policy(Section given, List<String> from) {
        return new ApprovalPolicy(
                given.whole("required").map(Located::value).orElse(1),
                from,
                given.truth("requesterMayNot").orElse(false),
                given.truth("provenOnly").orElse(false),
                given.value("expire", "bad-time", TimeSpan::parse)
                        .map(Located::value)
                        .orElse(Duration.ZERO));
    }

    private static List<String> people(Section section, String key) {
        return section.values(key, "bad-person", s -> s).stream()
                .map(Located::value)
                .toList();
    }
}
