package io.imaas.adapter.forge.gitlab;

import com.fasterxml.jackson.databind.JsonNode;
import io.imaas.adapter.forge.gitlab.GitLabApi.Hook;
import io.imaas.adapter.forge.gitlab.GitLabApi.Level;
import io.imaas.adapter.forge.gitlab.GitLabApi.Namespace;
import io.imaas.adapter.forge.gitlab.GitLabApi.Project;
import io.imaas.adapter.forge.gitlab.GitLabApi.Protected;
import io.imaas.adapter.forge.http.ForgeHttp;
import io.imaas.adapter.forge.setup.SharedSetup;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.model.source.BranchProtection;
import io.imaas.model.source.ForgeRight;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import okhttp3.HttpUrl;

/**
 * A project's setup on GitLab. Who may push is a level there: branches of the orchestrator alone take pushes of maintainers,
 * so the orchestrator is one and people are developers.
 */
final class GitLabSetup extends SharedSetup {
    private static final int NOBODY = 0;
    private static final int DEVELOPERS = 30;
    private static final int MAINTAINERS = 40;

    private final GitLabApi api;
    private final String self;

    /** @param self the project's own address, relative to what lies below it */
    GitLabSetup(GitLabApi api, String repository, String self, HttpUrl tokens, boolean writes) {
        super(ForgeHttp.answers("GitLab"), repository, tokens, writes);
        this.api = api;
        this.self = self;
    }

    @Override
    protected boolean exists() {
        return answers.find(api.project(self)).isPresent();
    }

    @Override
    protected void make(String description) {
        int slash = repository.lastIndexOf('/');
        String group = repository.substring(0, slash);
        long parent = answers.send(api.namespaces(group)).stream()
                .filter(each -> each.full_path().equalsIgnoreCase(group))
                .findFirst()
                .map(Namespace::id)
                .orElseThrow(() -> FailureException.input(
                        "GitLab has no group " + group + ", or this login may not see it", repository, "make it"));
        Map<String, Object> project = new HashMap<>();
        project.put("path", repository.substring(slash + 1));
        project.put("namespace_id", parent);
        project.put("description", description);
        project.put("visibility", "private");
        answers.send(api.createProject(project));
    }

    @Override
    protected boolean isProtected(BranchProtection wanted) {
        Optional<Protected> known = rule(wanted);
        boolean open = known.filter(rule -> !mayPush(rule, wanted) || !mayMerge(rule, wanted))
                .isPresent();
        if (known.isPresent() && (open || !opening(wanted).isEmpty())) {
            // A rule's levels can only be changed by taking the rule away, which would leave the branches open for a
            // moment.
            throw FailureException.policy(
                    "protected otherwise than wanted: " + String.join(", ", gaps(wanted)),
                    repository + ", branches " + wanted.pattern(),
                    "take the rule away under Settings > Repository > Protected branches, then run it again");
        }
        return known.isPresent();
    }

    @Override
    protected void protect(BranchProtection wanted, boolean known) {
        if (known) {
            answers.send(api.changeProtection(wanted.pattern(), Map.of("allow_force_push", false)));
        } else {
            answers.send(api.protect(Map.of(
                    "name",
                    wanted.pattern(),
                    "push_access_level",
                    push(wanted),
                    "merge_access_level",
                    wanted.orchestratorAlone() ? MAINTAINERS : DEVELOPERS,
                    "allow_force_push",
                    false)));
        }
    }

    @Override
    public List<String> gaps(BranchProtection wanted) {
        Optional<Protected> rule = rule(wanted);
        if (rule.isEmpty()) {
            return List.of("there is no rule for it");
        }
        List<String> gaps = new ArrayList<>();
        if (rule.get().allow_force_push()) {
            gaps.add("history may be rewritten");
        }
        if (!mayPush(rule.get(), wanted)) {
            gaps.add("others than the orchestrator may push");
        }
        if (!mayMerge(rule.get(), wanted)) {
            gaps.add("others than the orchestrator may merge");
        }
        opening(wanted).forEach(name -> gaps.add("the rule " + name + " lets others push or merge"));
        return gaps;
    }

    private static int push(BranchProtection wanted) {
        return wanted.orchestratorAlone() || wanted.approvals() > 0 ? MAINTAINERS : DEVELOPERS;
    }

    /** Nobody below the wanted level may push; nobody at all means that the orchestrator may not. */
    private boolean mayPush(Protected rule, BranchProtection wanted) {
        List<Level> levels = rule.push_access_levels();
        return !levels.isEmpty() && levels.stream().allMatch(level -> isAtLeast(level, push(wanted)));
    }

    /** What lands by a merge request is as good as pushed. */
    private boolean mayMerge(Protected rule, BranchProtection wanted) {
        return !wanted.orchestratorAlone()
                || Objects.requireNonNullElse(rule.merge_access_levels(), List.<Level>of()).stream()
                        .allMatch(level -> isNobody(level) || isAtLeast(level, MAINTAINERS));
    }

    private static boolean isNobody(Level level) {
        return isRole(level) && level.access_level() == NOBODY;
    }

    /** Of single users only the orchestrator itself counts; a group or a deploy key is always somebody else. */
    private boolean isAtLeast(Level level, int least) {
        return isRole(level)
                ? level.access_level() >= least
                : level.user_id() != null
                        && level.user_id()
                                == answers.send(api.self()).path("user_id").asLong();
    }

    private static boolean isRole(Level level) {
        return level.access_level() != null
                && level.user_id() == null
                && level.group_id() == null
                && level.deploy_key_id() == null;
    }

    /** Of several rules for a branch GitLab follows the one that allows most: those that allow more than is wanted. */
    private List<String> opening(BranchProtection wanted) {
        return rules().stream()
                .filter(rule -> !rule.name().equals(wanted.pattern()))
                .filter(rule -> fits(rule.name(), wanted.pattern()) || fits(wanted.pattern(), rule.name()))
                .filter(rule -> !mayMerge(rule, wanted)
                        || !rule.push_access_levels().stream()
                                .allMatch(level -> isNobody(level) || isAtLeast(level, push(wanted))))
                .map(Protected::name)
                .toList();
    }

    private static boolean fits(String pattern, String name) {
        return name.matches("\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E");
    }

    private List<Protected> rules() {
        return answers.find(api.protectedBranches()).orElse(List.of());
    }

    private Optional<Protected> rule(BranchProtection wanted) {
        return rules().stream()
                .filter(rule -> rule.name().equals(wanted.pattern()))
                .findFirst();
    }

    @Override
    protected String makingRight() {
        return "api, as a member of the group who may create projects";
    }

    @Override
    protected void delete() {
        answers.find(api.delete(self));
    }

    @Override
    public List<String> branches() {
        return answers.find(api.branches()).orElse(List.of()).stream()
                .map(GitLabApi.Branch::name)
                .toList();
    }

    @Override
    protected Map<Long, String> hooks() {
        return answers.find(api.hooks()).orElse(List.of()).stream().collect(Collectors.toMap(Hook::id, Hook::url));
    }

    @Override
    protected void write(OptionalLong known, URI target, Secret secret) {
        Map<String, Object> hook = Map.of(
                "url", target.toString(),
                "token", secret.reveal(),
                "push_events", true,
                "merge_requests_events", true,
                "enable_ssl_verification", true);
        answers.send(known.isPresent() ? api.updateHook(known.getAsLong(), hook) : api.createHook(hook));
    }

    @Override
    public String ownersFile() {
        return ".gitlab/CODEOWNERS";
    }

    /** A token's scopes are the server's word; the level is the role in the project or its group, the higher of both. */
    @Override
    public List<ForgeRight> rights() {
        JsonNode scopes = answers.send(api.self()).path("scopes");
        boolean whole = false;
        for (JsonNode scope : scopes) {
            whole |= scope.asText().equals("api");
        }
        JsonNode held =
                answers.find(api.project(self)).map(Project::permissions).orElse(null);
        int level = held == null
                ? NOBODY
                : Math.max(
                        held.at("/project_access/access_level").asInt(),
                        held.at("/group_access/access_level").asInt());
        return List.of(
                right("merge requests, statuses, deployments", whole && level >= DEVELOPERS, "api, as developer"),
                right("pushes to protected branches", whole && level >= MAINTAINERS, "api, as maintainer"),
                right("branch protection and webhooks", whole && level >= MAINTAINERS, "api, as maintainer"));
    }
}
