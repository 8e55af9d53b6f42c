package io.imaas.server.hook;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The kinds of senders, by the last part of their path. */
public final class Hooks {
    private static final Map<String, Hook> ALL = new TreeMap<>(Map.of(
            "github", new GitHubHook("X-GitHub-", "X-Hub-Signature-256", "sha256="),
            "gitea", new GitHubHook("X-Gitea-", "X-Gitea-Signature", ""),
            "gitlab", new GitLabHook(),
            "bitbucket", new BitbucketHook(),
            "registry", new RegistryHook(),
            "argocd", new ArgoCdHook(),
            "cdevents", new CdEventsHook()));

    private Hooks() {}

    /** All of them, in order. */
    public static Map<String, Hook> all() {
        return Collections.unmodifiableMap(ALL);
    }

    public static Optional<Hook> find(String kind) {
        return Optional.ofNullable(ALL.get(kind));
    }
}
