package io.imaas.adapter.forge.github;

import io.imaas.adapter.forge.github.HubApi.Hook;
import io.imaas.adapter.forge.github.HubApi.Repository;
import io.imaas.adapter.forge.http.Answers;
import io.imaas.adapter.forge.setup.SharedSetup;
import io.imaas.model.identity.Secret;
import java.net.URI;
import java.util.HashMap;
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
