package io.imaas.adapter.forge.bitbucket;

import io.imaas.adapter.forge.bitbucket.BitbucketApi.Hook;
import io.imaas.adapter.forge.bitbucket.BitbucketApi.Page;
import io.imaas.adapter.forge.bitbucket.BitbucketApi.Restriction;
import io.imaas.adapter.forge.bitbucket.BitbucketApi.User;
import io.imaas.adapter.forge.http.ForgeHttp;
import io.imaas.adapter.forge.setup.SharedSetup;
import io.imaas.model.identity.Secret;
import io.imaas.model.source.BranchProtection;
import io.imaas.model.source.ForgeRight;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import okhttp3.HttpUrl;

/** A repository's setup on Bitbucket Data Center. */
final class BitbucketSetup extends SharedSetup {
    private static final String BULK = "application/vnd.atl.bitbucket.bulk+json";
    /** What each kind of restriction keeps from happening. */
    private static final Map<String, String> WITHOUT = new LinkedHashMap<>(Map.of(
            "fast-forward-only", "history may be rewritten",
            "no-deletes", "it may be deleted",
            "read-only", "others than the orchestrator may push",
            "pull-request-only", "it takes changes without a pull request"));

    private final BitbucketApi api;
    private final String project;
    private final String slug;

    BitbucketSetup(BitbucketApi api, String project, String slug, HttpUrl tokens, boolean writes) {
        super(ForgeHttp.answers("Bitbucket"), project + "/" + slug, tokens, writes);
        this.api = api;
        this.project = project;
        this.slug = slug;
    }

    /** Who we are there: Bitbucket says so in each answer. */
    private String user() {
        return answers.header(api.look("/rest/api/latest/application-properties"), "X-AUSERNAME");
    }

    private String path() {
        return "/rest/api/latest/projects/" + project + "/repos";
    }

    private String rules() {
        return "/rest/branch-permissions/2.0/projects/" + project + "/repos/" + slug + "/restrictions?limit=1000";
    }

    @Override
    protected boolean exists() {
        return answers.find(api.look(path() + "/" + slug)).isPresent();
    }

    @Override
    protected void make(String description) {
        answers.send(
                api.make(path(), Map.of("name", slug, "scmId", "git", "description", description, "public", false)));
    }

    @Override
    protected boolean isProtected(BranchProtection wanted) {
        return missing(wanted).size() < kinds(wanted).size();
    }

    @Override
    protected void protect(BranchProtection wanted, boolean known) {
        List<Map<String, Object>> restrictions = missing(wanted).stream()
                .map(type -> Map.<String, Object>of(
                        "type",
                        type,
                        "matcher",
                        Map.of("id", wanted.pattern(), "type", Map.of("id", "PATTERN")),
                        "users",
                        isForOthers(type) ? List.of(user()) : List.of(),
                        "groups",
                        List.of(),
                        "accessKeys",
                        List.of()))
                .toList();
        answers.send(api.restrict(rules(), BULK, restrictions));
    }

    @Override
    public List<String> gaps(BranchProtection wanted) {
        return missing(wanted).stream().map(WITHOUT::get).toList();
    }

    private static boolean isForOthers(String type) {
        return type.equals("read-only") || type.equals("pull-request-only");
    }

    private static List<String> kinds(BranchProtection wanted) {
        List<String> kinds = new ArrayList<>(List.of("fast-forward-only", "no-deletes"));
        if (wanted.orchestratorAlone()) {
            kinds.add("read-only");
        } else if (wanted.approvals() > 0) {
            kinds.add("pull-request-only");
        }
        return kinds;
    }

    private List<String> missing(BranchProtection wanted) {
        List<Restriction> rules =
                answers.find(api.restrictions(rules())).map(Page::values).orElse(List.of());
        List<String> missing = new ArrayList<>(kinds(wanted));
        String user = user();
        rules.stream()
                .filter(rule -> rule.matcher().id().equals(wanted.pattern()))
                .filter(rule -> rule.isForUsersAlone()
                        && rule.users().stream()
                                .map(User::name)
                                .allMatch(each -> isForOthers(rule.type()) && each.equals(user)))
                .forEach(rule -> missing.remove(rule.type()));
        return missing;
    }

    @Override
    protected String makingRight() {
        return "project admin";
    }

    @Override
    protected void delete() {
        answers.find(api.delete(path() + "/" + slug));
    }

    @Override
    public List<String> branches() {
        return answers.find(api.branches()).map(Page::values).orElse(List.of()).stream()
                .map(BitbucketApi.Branch::displayId)
                .toList();
    }

    @Override
    protected Map<Long, String> hooks() {
        return answers.find(api.hooks()).map(Page::values).orElse(List.of()).stream()
                .collect(Collectors.toMap(Hook::id, Hook::url));
    }

    @Override
    protected void write(OptionalLong known, URI target, Secret secret) {
        Map<String, Object> hook = Map.of(
                "name", "imaas",
                "url", target.toString(),
                "active", true,
                "configuration", Map.of("secret", secret.reveal()),
                "events",
                        List.of(
                                "repo:refs_changed",
                                "pr:opened",
                                "pr:from_ref_updated",
                                "pr:merged",
                                "pr:reviewer:approved",
                                "pr:reviewer:needs_work"));
        answers.send(known.isPresent() ? api.updateHook(known.getAsLong(), hook) : api.createHook(hook));
    }

    @Override
    public String ownersFile() {
        return ".bitbucket/CODEOWNERS";
    }

    /** Bitbucket tells nobody a token's rights; it lets read what the token may change. */
    @Override
    public List<ForgeRight> rights() {
        boolean reads = answers.isAllowed(api.look(path() + "/" + slug));
        boolean administers = answers.isAllowed(api.restrictions(rules()));
        return List.of(
                right("commits, pull requests and statuses", reads, "repository write"),
                right("branch protection and webhooks", administers, "repository admin"));
    }
}
