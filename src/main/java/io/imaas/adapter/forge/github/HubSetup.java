package io.imaas.adapter.forge.github;

import io.imaas.adapter.forge.github.HubApi.Hook;
import io.imaas.adapter.forge.github.HubApi.Repository;
import io.imaas.adapter.forge.http.Answers;
import io.imaas.model.failure.Effect;
import io.imaas.model.identity.Secret;
import io.imaas.model.source.BranchProtection;
import io.imaas.port.RepositorySetup;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import retrofit2.Call;

/** A repository's setup in the calls that GitHub and Gitea have in common. */
public abstract class HubSetup implements RepositorySetup {
    protected final HubApi api;
    protected final Answers answers;
    protected final String repository;
    protected final boolean writes;
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
            boolean writes,
            Map<String, Object> hookKind,
            List<String> events) {
        this.api = api;
        this.answers = answers;
        this.repository = repository;
        this.writes = writes;
        this.hookKind = Map.copyOf(hookKind);
        this.events = List.copyOf(events);
    }

    @Override
    public final Effect create(String description) {
        if (exists()) {
            return Effect.unchanged("repository", repository);
        }
        if (writes) {
            String owner = repository.substring(0, repository.indexOf('/'));
            Map<String, Object> wanted = Map.of(
                    "name",
                    repository.substring(owner.length() + 1),
                    "description",
                    description,
                    "private",
                    true,
                    "auto_init",
                    false);
            String company = "../../../orgs/" + owner;
            boolean isCompany = answers.find(api.organization(company)).isPresent();
            answers.send(isCompany ? api.createForOrganization(company + "/repos", wanted) : api.create(wanted));
        }
        return Effect.created("repository", repository, "private");
    }

    protected final boolean exists() {
        return answers.find(look()).isPresent();
    }

    private Call<Repository> look() {
        return api.repository("../" + repository.substring(repository.indexOf('/') + 1));
    }

    @Override
    public final Effect protect(BranchProtection wanted) {
        List<String> gaps = gaps(wanted);
        if (gaps.isEmpty()) {
            return Effect.unchanged("branch protection", wanted.pattern());
        }
        boolean known = isProtected(wanted);
        if (writes) {
            protect(wanted, known);
        }
        String detail = String.join(", ", gaps);
        return known
                ? Effect.updated("branch protection", wanted.pattern(), detail)
                : Effect.created("branch protection", wanted.pattern(), detail);
    }

    /** Whether there is any rule for these branches. */
    protected abstract boolean isProtected(BranchProtection wanted);

    protected abstract void protect(BranchProtection wanted, boolean known);

    @Override
    public final Effect webhook(URI target, Secret secret) {
        Map<String, Object> hook = new HashMap<>(hookKind);
        hook.put("active", true);
        hook.put("events", events);
        hook.put("config", Map.of("url", target.toString(), "content_type", "json", "secret", secret.reveal()));
        Optional<Hook> known = answers.find(api.hooks(1)).orElse(List.of()).stream()
                .filter(each -> each.config().getOrDefault("url", "").equals(target.toString()))
                .findFirst();
        if (writes) {
            answers.send(known.isPresent() ? api.updateHook(known.get().id(), hook) : api.createHook(hook));
        }
        return known.isPresent()
                ? Effect.updated("webhook", target.getHost(), "its secret is set again")
                : Effect.created("webhook", target.getHost(), "");
    }

    /** What the server says that the login may do here; nothing where it sees no repository. */
    protected final HubApi.Permissions permissions() {
        return answers.find(look()).map(Repository::permissions).orElse(new HubApi.Permissions(false, false, false));
    }
}
