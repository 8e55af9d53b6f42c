package io.imaas.adapter.forge.gitea;

import io.imaas.adapter.forge.gitea.GiteaApi.Rule;
import io.imaas.adapter.forge.github.HubApi;
import io.imaas.adapter.forge.github.HubSetup;
import io.imaas.adapter.forge.http.ForgeHttp;
import io.imaas.model.source.BranchProtection;
import io.imaas.model.source.ForgeRight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import okhttp3.HttpUrl;

final class GiteaSetup extends HubSetup {
    private final GiteaApi own;
    private String self;
    private List<Rule> rules;

    GiteaSetup(HubApi api, GiteaApi own, String repository, HttpUrl tokens, boolean writes) {
        super(
                api,
                ForgeHttp.answers("Gitea"),
                repository,
                tokens,
                writes,
                Map.of("type", "gitea"),
                List.of("push", "pull_request", "pull_request_review_approved", "pull_request_review_rejected"));
        this.own = own;
    }

    /** Gitea's own list of branches comes about a second after a push. */
    @Override
    public List<String> branches() {
        return answers.find(own.heads()).orElse(List.of()).stream()
                .map(head -> head.ref().substring("refs/heads/".length()))
                .toList();
    }

    @Override
    protected String makingRight() {
        return "write:organization or write:user, and write:repository";
    }

    @Override
    public String ownersFile() {
        return "CODEOWNERS";
    }

    /** In the order in which Gitea lists them it also looks for the first that fits. */
    @Override
    protected List<String> patterns() {
        return rules().stream().map(Rule::rule_name).toList();
    }

    @Override
    protected List<String> gaps(String pattern, BranchProtection wanted) {
        Rule rule = rules().stream()
                .filter(one -> one.rule_name().equals(pattern))
                .findFirst()
                .orElseThrow();
        List<String> self = List.of(self());
        List<String> gaps = new ArrayList<>();
        if (rule.enable_force_push()) {
            gaps.add("history may be rewritten");
        }
        boolean alone = rule.enable_push_whitelist()
                && self.equals(rule.push_whitelist_usernames())
                && isNone(rule.push_whitelist_teams())
                && !rule.push_whitelist_deploy_keys()
                && Objects.requireNonNullElse(rule.unprotected_file_patterns(), "")
                        .isBlank();
        boolean closed = wanted.orchestratorAlone() || wanted.approvals() > 0;
        if (closed && !alone) {
            gaps.add("others than the orchestrator may push");
        }
        if (wanted.orchestratorAlone()
                && !(rule.enable_merge_whitelist()
                        && self.equals(rule.merge_whitelist_usernames())
                        && isNone(rule.merge_whitelist_teams()))) {
            gaps.add("others than the orchestrator may merge");
        }
        if (!rule.enable_push()) {
            gaps.add("the orchestrator may not push");
        }
        gaps.addAll(reviewGaps(
                wanted,
                rule.required_approvals(),
                rule.dismiss_stale_approvals(),
                rule.enable_status_check() && rule.status_check_contexts() != null
                        ? rule.status_check_contexts()
                        : List.of()));
        return gaps;
    }

    private static boolean isNone(List<String> names) {
        return names == null || names.isEmpty();
    }

    @Override
    protected void protect(BranchProtection wanted, boolean known) {
        List<String> self = List.of(self());
        boolean closed = wanted.orchestratorAlone() || wanted.approvals() > 0;
        Map<String, Object> rule = new HashMap<>();
        rule.put("enable_push", true);
        rule.put("enable_push_whitelist", closed);
        rule.put("push_whitelist_usernames", closed ? self : List.of());
        rule.put("push_whitelist_teams", List.of());
        rule.put("push_whitelist_deploy_keys", false);
        rule.put("unprotected_file_patterns", "");
        rule.put("enable_force_push", false);
        rule.put("enable_merge_whitelist", wanted.orchestratorAlone());
        rule.put("merge_whitelist_usernames", wanted.orchestratorAlone() ? self : List.of());
        rule.put("merge_whitelist_teams", List.of());
        rule.put("required_approvals", wanted.approvals());
        rule.put("dismiss_stale_approvals", wanted.approvals() > 0);
        rule.put("enable_status_check", !wanted.checks().isEmpty());
        rule.put("status_check_contexts", wanted.checks());
        rules = null;
        if (known) {
            answers.send(own.changeRule(wanted.pattern(), rule));
        } else {
            rule.put("rule_name", wanted.pattern());
            answers.send(own.makeRule(rule));
        }
    }

    private List<Rule> rules() {
        if (rules == null) {
            rules = answers.find(own.rules()).orElse(List.of());
        }
        return rules;
    }

    private String self() {
        if (self == null) {
            self = answers.send(api.self()).login();
        }
        return self;
    }

    /** Gitea looks at a token's scopes before anything else: a change of what does not exist shows them, and does nothing. */
    @Override
    public List<ForgeRight> rights() {
        HubApi.Permissions held = permissions();
        boolean repositories = answers.isAllowed(own.changeNoPull(Map.of()));
        boolean comments = answers.isAllowed(own.changeNoComment(Map.of()));
        return List.of(
                right("commits, pull requests and statuses", held.push() && repositories, "write:repository"),
                right("comments", comments, "write:issue"),
                right(
                        "branch protection",
                        held.admin() && repositories && answers.isAllowed(api.self()),
                        "write:repository and read:user, as an administrator of the repository"),
                right(
                        "webhooks",
                        held.admin() && repositories,
                        "write:repository, as an administrator of the repository"));
    }
}
