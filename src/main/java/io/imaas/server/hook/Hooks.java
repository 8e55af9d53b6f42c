package io.imaas.server.hook;

import com.fasterxml.jackson.databind.JsonNode;
import io.imaas.model.identity.Secret;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;

/** The kinds of senders, by the last part of their path. */
public final class Hooks {
    private static final String SHA256 = "sha256=";
    private static final BiPredicate<Delivery, Secret> BEARER = bears("Authorization");

    private static final Map<String, Hook> ALL = new TreeMap<>(Map.of(
            "github",
            new Hook(
                    "content type application/json, the secret, events: pushes and pull requests",
                    signs("X-Hub-Signature-256", SHA256),
                    named("X-GitHub-Delivery"),
                    ForgeMessages.GITHUB.under("X-GitHub-Event")),
            "gitea",
            new Hook(
                    "content type application/json, the secret, events: pushes and pull requests",
                    signs("X-Gitea-Signature", ""),
                    named("X-Gitea-Delivery"),
                    ForgeMessages.GITHUB.under("X-Gitea-Event")),
            "gitlab",
            // It sends the secret itself, so its address must be one of https.
            new Hook(
                    "the secret as secret token, triggers: push, tag push and merge request events",
                    bears("X-Gitlab-Token"),
                    named("X-Gitlab-Event-UUID"),
                    ForgeMessages.GITLAB.under("X-Gitlab-Event")),
            "bitbucket",
            new Hook(
                    "the secret, events: repository push, pull request opened, modified, merged and declined",
                    signs("X-Hub-Signature", SHA256),
                    named("X-Request-Id"),
                    BitbucketHook::facts),
            // Neither registries nor Argo CD name their deliveries: ids and times in the body make each another one.
            "registry",
            new Hook(
                    "header 'Authorization: Bearer' and the secret; Harbor: payload format Default, event artifact pushed",
                    BEARER,
                    named("X-Delivery-Id"),
                    RegistryHook::facts),
            "argocd",
            new Hook(
                    "a webhook service with header 'Authorization: Bearer' and the secret; the template is in docs/serve.md",
                    BEARER,
                    named("X-Delivery-Id"),
                    ArgoCdHook::facts),
            "cdevents",
            new Hook(
                    "header 'Authorization: Bearer' and the secret, or X-Hub-Signature-256; artifact, change, branch, service, incident",
                    signs("X-Hub-Signature-256", SHA256).or(BEARER),
                    CdEventsHook::id,
                    CdEventsHook::facts)));

    private Hooks() {}

    private static BiPredicate<Delivery, Secret> signs(String header, String prefix) {
        return (delivery, secret) -> delivery.signedBy(secret, header, prefix);
    }

    /** A header that holds the name; without one the body's own digest is it. */
    private static BiFunction<Delivery, JsonNode, String> named(String header) {
        return (delivery, body) -> delivery.id(header);
    }

    private static BiPredicate<Delivery, Secret> bears(String header) {
        return (delivery, secret) -> delivery.bears(secret, header);
    }

    /** All of them, in order. */
    public static Map<String, Hook> all() {
        return Collections.unmodifiableMap(ALL);
    }

    public static Optional<Hook> find(String kind) {
        return Optional.ofNullable(ALL.get(kind));
    }
}
