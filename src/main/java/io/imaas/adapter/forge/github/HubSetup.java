package io.imaas.adapter.forge.github;

import io.imaas.adapter.forge.github.HubApi.Hook;
import io.imaas.adapter.forge.github.HubApi.Repository;
import io.imaas.adapter.forge.setup.SharedSetup;
import io.imaas.adapter.web.Answers;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.model.source.BranchProtection;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import okhttp3.HttpUrl;
import retrofit2.Call;

/** A repository's setup in the calls that GitHub and Gitea have in common. */
public abstract class HubSetup extends SharedSetup {
    protected final HubApi api;
    private final Map<String, Object> hookKind;
    private final List<String> events;

    /**
     * @param hookKind what names the kind of webhook
     * @param events that tell of pushes, pull requests and reviews
     */
    protected HubSetup(
            HubApi api,
            Answers answers,
            String repository,
            HttpUrl tokens,
            boolean writes,
            Map<String, Object> hookKind,
            List<String> events) {
        super(answers, repository, tokens, writes);
        this.api = api;
        this.hookKind = Map.copyOf(hookKind);
        this.events = List.copyOf(events);
    }

    /** The patterns of its rules, the first that fits a branch being the one that holds for it. */
    protected abstract List<String> patterns();

    /** What one of its rules lacks of what is wanted. */
    protected abstract List<String> gaps(String pattern, BranchProtection wanted);

    @Override
    public List<String> gaps(BranchProtection wanted) {
        List<String> gaps = new ArrayList<>(
                patterns().contains(wanted.pattern())
                        ? gaps(wanted.pattern(), wanted)
                        : List.of("there is no rule for it"));
        opening(wanted).forEach((rule, lets) -> gaps.add("the rule " + rule + " comes first: " + lets));
        return gaps;
    }

    /** Rules that hold for some of the branches in place of the wanted one, and what they lack. */
    private Map<String, String> opening(BranchProtection wanted) {
        List<String> rules = patterns();
        int own = rules.indexOf(wanted.pattern());
        // One that is still to be made will be the last of its kind.
        int before = own >= 0 ? own : isPattern(wanted.pattern()) ? rules.size() : 0;
        Map<String, String> opening = new LinkedHashMap<>();
        for (String other : rules.subList(0, before)) {
            List<String> gaps = overlap(other, wanted.pattern()) ? gaps(other, wanted) : List.of();
            if (!gaps.isEmpty()) {
                opening.put(other, String.join(", ", gaps));
            }
        }
        return opening;
    }

    /** Whether there may be a branch that both fit; a {@code *} alone stays between two slashes. */
    private static boolean overlap(String one, String other) {
        String begin = begin(one);
        String otherBegin = begin(other);
        boolean simple = !(one + other).contains("**") && !(one + other).contains("{");
        if (simple && one.split("/").length != other.split("/").length) {
            return false;
        }
        return (isPattern(one) && otherBegin.startsWith(begin)) || (isPattern(other) && begin.startsWith(otherBegin));
    }

    protected static boolean isPattern(String pattern) {
        return !begin(pattern).equals(pattern);
    }

    /** As far as it is not a pattern. */
    private static String begin(String pattern) {
        return pattern.replaceFirst("[*?\\[{\\\\].*", "");
    }

    @Override
    protected boolean isProtected(BranchProtection wanted) {
        Map<String, String> opening = opening(wanted);
        if (!opening.isEmpty()) {
            // It may be meant for other branches as well: whoever made it knows.
            throw FailureException.policy(
                    "protected otherwise than wanted: " + String.join(", ", gaps(wanted)),
                    repository + ", branches " + wanted.pattern(),
                    "take the rule " + String.join(" and ", opening.keySet())
                            + " away in the repository's settings under Branches, then run it again");
        }
        return patterns().contains(wanted.pattern());
    }

    @Override
    protected final boolean exists() {
        return answers.find(look()).isPresent();
    }

    @Override
    protected final void make(String description) {
        String owner = repository.substring(0, repository.indexOf('/'));
        Map<String, Object> wanted = new HashMap<>();
        wanted.put("name", repository.substring(owner.length() + 1));
        wanted.put("description", description);
        wanted.put("private", true);
        wanted.put("auto_init", false);
        String company = "../../../orgs/" + owner;
        boolean isCompany = answers.find(api.organization(company)).isPresent();
        // The server would make it in our own account, whatever name was asked for.
        if (!isCompany && !owner.equalsIgnoreCase(answers.send(api.self()).login())) {
            throw FailureException.input(
                    "there is no organization " + owner + ", and our own account has another name",
                    repository,
                    "make the organization, or correct 'gitops' in the tenant's file");
        }
        answers.send(isCompany ? api.createForOrganization(company + "/repos", wanted) : api.create(wanted));
    }

    private Call<Repository> look() {
        return api.repository(self());
    }

    private String self() {
        return "../" + repository.substring(repository.indexOf('/') + 1);
    }

    @Override
    protected final void delete() {
        answers.find(api.delete(self()));
    }

    @Override
    public List<String> branches() {
        return answers.find(api.branches()).orElse(List.of()).stream()
                .map(HubApi.Branch::name)
                .toList();
    }

    @Override
    protected final Map<Long, String> hooks() {
        return answers.find(api.hooks(1)).orElse(List.of()).stream()
                .collect(Collectors.toMap(Hook::id, hook -> hook.config().getOrDefault("url", "")));
    }

    @Override
    protected final void write(OptionalLong known, URI target, Secret secret) {
        Map<String, Object> hook = new HashMap<>(hookKind);
        hook.put("active", true);
        hook.put("events", events);
        hook.put("config", Map.of("url", target.toString(), "content_type", "json", "secret", secret.reveal()));
        answers.send(known.isPresent() ? api.updateHook(known.getAsLong(), hook) : api.createHook(hook));
    }

    /** What the server says that the login may do here; nothing where it sees no repository. */
    protected final HubApi.Permissions permissions() {
        return answers.find(look()).map(Repository::permissions).orElse(new HubApi.Permissions(false, false, false));
    }
}
