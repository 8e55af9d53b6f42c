package io.imaas.adapter.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.imaas.adapter.forge.http.ForgeHttp;
import io.imaas.model.event.MissedDelivery;
import io.imaas.model.source.BranchProtection;
import io.imaas.model.source.ForgeRight;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;

/** A repository's setup on GitHub. Rules for patterns of branches exist in GraphQL alone. */
final class GitHubSetup extends HubSetup {
    private static final String RULES =
            "query($owner: String!, $name: String!) { viewer { id } repository(owner: $owner,"
                    + " name: $name) { id branchProtectionRules(first: 100) { nodes { id pattern isAdminEnforced allowsForcePushes"
                    + " allowsDeletions restrictsPushes blocksCreations requiredApprovingReviewCount"
                    + " requiresCodeOwnerReviews dismissesStaleReviews requiredStatusCheckContexts"
                    + " bypassForcePushAllowances(first: 1) { totalCount }"
                    + " bypassPullRequestAllowances(first: 10) { nodes { actor { ... on User { id } ... on App { id } } } }"
                    + " pushAllowances(first: 10) { nodes { actor { ... on User { id }"
                    + " ... on App { id } } } } } } } }";
    private static final String MAKE = "mutation($input: CreateBranchProtectionRuleInput!) {"
            + " createBranchProtectionRule(input: $input) { clientMutationId } }";
    private static final String CHANGE = "mutation($input: UpdateBranchProtectionRuleInput!) {"
            + " updateBranchProtectionRule(input: $input) { clientMutationId } }";
    private static final String NODES = "/repository/branchProtectionRules/nodes";
    private static final String FIX =
            "give the token the right to administer the repository; restricting pushes needs an organization's repository";

    private final GitHubApi own;
    private final GraphQl graphQl;
    private JsonNode rules;

    GitHubSetup(HubApi api, GitHubApi own, String repository, HttpUrl tokens, boolean writes) {
        super(
                api,
                ForgeHttp.answers("GitHub"),
                repository,
                tokens,
                writes,
                Map.of("name", "web"),
                List.of("push", "pull_request", "pull_request_review"));
        this.own = own;
        this.graphQl = new GraphQl(own, answers, repository);
    }

    @Override
    protected String makingRight() {
        return "Administration: write (classic: repo)";
    }

    @Override
    public String ownersFile() {
        return ".github/CODEOWNERS";
    }

    @Override
    public List<MissedDelivery> missed(URI target, Instant since) {
        GitHubDeliveries deliveries = new GitHubDeliveries(own, answers);
        return hooks().entrySet().stream()
                .filter(hook -> isFor(hook.getValue(), target))
                .flatMap(hook -> deliveries.missed(hook.getKey(), since).stream())
                .toList();
    }

    /** A rule for a single branch comes before one with a pattern, and of these the older one. */
    @Override
    protected List<String> patterns() {
        List<String> patterns = new ArrayList<>();
        rules().at(NODES).forEach(rule -> patterns.add(rule.path("pattern").asText()));
        patterns.sort(Comparator.comparing(HubSetup::isPattern));
        return patterns;
    }

    @Override
    public List<String> gaps(BranchProtection wanted) {
        return exists() ? super.gaps(wanted) : List.of("there is no such repository yet");
    }

    @Override
    protected boolean isProtected(BranchProtection wanted) {
        return exists() && super.isProtected(wanted);
    }

    @Override
    protected List<String> gaps(String pattern, BranchProtection wanted) {
        JsonNode rules = rules();
        JsonNode rule = rule(rules, pattern).orElseThrow();
        List<String> gaps = new ArrayList<>();
        if (!rule.path("isAdminEnforced").asBoolean()) {
            gaps.add("the rule does not hold for administrators");
        }
        if (rule.path("allowsForcePushes").asBoolean()
                || rule.at("/bypassForcePushAllowances/totalCount").asInt() > 0) {
            gaps.add("history may be rewritten");
        }
        if (rule.path("allowsDeletions").asBoolean()) {
            gaps.add("it may be deleted");
        }
        JsonNode self = rules.at("/viewer/id");
        JsonNode pushers = rule.at("/pushAllowances/nodes");
        boolean alone = rule.path("restrictsPushes").asBoolean()
                && rule.path("blocksCreations").asBoolean()
                && pushers.size() == 1
                && isOnly(self, pushers);
        boolean skipped = wanted.approvals() > 0 && !isOnly(self, rule.at("/bypassPullRequestAllowances/nodes"));
        if ((wanted.orchestratorAlone() && !alone) || skipped) {
            gaps.add("others than the orchestrator may push");
        }
        if (wanted.approvals() > 0 && !rule.path("requiresCodeOwnerReviews").asBoolean()) {
            gaps.add("it takes changes without their owners' approval");
        }
        List<String> checks = new ArrayList<>();
        rule.path("requiredStatusCheckContexts").forEach(check -> checks.add(check.asText()));
        gaps.addAll(reviewGaps(
                wanted,
                rule.path("requiredApprovingReviewCount").asInt(),
                rule.path("dismissesStaleReviews").asBoolean(),
                checks));
        return gaps;
    }

    private static boolean isOnly(JsonNode self, JsonNode allowances) {
        for (JsonNode allowance : allowances) {
            if (!allowance.at("/actor/id").equals(self)) {
                return false;
            }
        }
        return true;
    }

    @Override
    protected void protect(BranchProtection wanted, boolean known) {
        JsonNode now = rules();
        List<String> self = List.of(now.at("/viewer/id").asText());
        Map<String, Object> input = new HashMap<>();
        input.put("pattern", wanted.pattern());
        input.put("isAdminEnforced", true);
        input.put("allowsForcePushes", false);
        input.put("bypassForcePushActorIds", List.of());
        input.put("allowsDeletions", false);
        input.put("restrictsPushes", wanted.orchestratorAlone());
        input.put("requiresApprovingReviews", wanted.approvals() > 0);
        input.put("requiresStatusChecks", !wanted.checks().isEmpty());
        input.put("requiredStatusCheckContexts", wanted.checks());
        if (wanted.orchestratorAlone()) {
            input.put("pushActorIds", self);
            input.put("blocksCreations", true);
        }
        if (wanted.approvals() > 0) {
            input.put("requiredApprovingReviewCount", wanted.approvals());
            input.put("requiresCodeOwnerReviews", true);
            input.put("dismissesStaleReviews", true);
            input.put("bypassPullRequestActorIds", self);
        }
        rule(now, wanted.pattern())
                .ifPresentOrElse(
                        rule -> input.put(
                                "branchProtectionRuleId", rule.path("id").asText()),
                        () -> input.put("repositoryId", now.at("/repository/id").asText()));
        rules = null;
        graphQl.ask(known ? CHANGE : MAKE, Map.of("input", input), FIX);
    }

    private JsonNode rules() {
        if (rules != null) {
            return rules;
        }
        String[] ownerAndName = repository.split("/", 2);
        rules = graphQl.ask(RULES, Map.of("owner", ownerAndName[0], "name", ownerAndName[1]), FIX);
        return rules;
    }

    private static Optional<JsonNode> rule(JsonNode rules, String pattern) {
        for (JsonNode rule : rules.at(NODES)) {
            if (rule.path("pattern").asText().equals(pattern)) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }

    /** A fine-grained token hides its rights; what the server lets it read shows whether it knows of the area at all. */
    @Override
    public List<ForgeRight> rights() {
        HubApi.Permissions held = permissions();
        return List.of(
                right("commits to repositories", held.push(), "Contents: write (classic: repo)"),
                right(
                        "pull requests",
                        held.push() && answers.isAllowed(api.openPulls("any:any", "any", 1)),
                        "Pull requests: write (classic: repo)"),
                right(
                        "commit statuses",
                        held.push() && answers.isAllowed(api.statuses("HEAD", 1)),
                        "Commit statuses: write (classic: repo)"),
                right(
                        "deployments",
                        held.push() && answers.isAllowed(own.deployments("HEAD", "any")),
                        "Deployments: write (classic: repo)"),
                right("branch protection", held.admin(), "Administration: write (classic: repo, as an administrator)"),
                right(
                        "webhooks",
                        held.admin() && answers.isAllowed(api.hooks(1)),
                        "Webhooks: write (classic: repo, as an administrator)"));
    }
}
