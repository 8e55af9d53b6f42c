package io.imaas.adapter.kubernetes;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.imaas.model.failure.Effect;
import io.imaas.port.PullSecrets;
import io.imaas.port.RegistryLogins.Login;
import io.imaas.port.RegistrySpaces.Account;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * {@link PullSecrets} as objects of type {@code kubernetes.io/dockerconfigjson}. Their content is compared here and goes
 * into no effect.
 */
record PullSecretObjects(KubernetesClient client, boolean writes) implements PullSecrets {
    private static final String KIND = "kubernetes.io/dockerconfigjson";
    private static final String CONTENT = ".dockerconfigjson";
    private static final String ACCOUNT = "imaas.io/account";
    private static final String UNTIL = "imaas.io/until";
    private static final String NEVER = "never";

    @Override
    public Optional<Kept> find(Place place) {
        return ours(place).map(secret -> {
            Map<String, String> notes = secret.getMetadata().getAnnotations();
            return notes == null
                            || secret.getData() == null
                            || !secret.getData().containsKey(CONTENT)
                    ? new Kept("", Instant.MIN)
                    : new Kept(notes.getOrDefault(ACCOUNT, ""), until(notes.getOrDefault(UNTIL, "")));
        });
    }

    /** What somebody else wrote there counts as over. */
    private static Instant until(String text) {
        if (text.equals(NEVER)) {
            return Instant.MAX;
        }
        return text.matches("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z") ? Instant.parse(text) : Instant.MIN;
    }

    private Optional<Secret> ours(Place place) {
        Secret found = resource(place).get();
        if (found != null) {
            place.owner()
                    .requireOrAdopt(
                            "Secret/" + place.shown(), found.getMetadata().getLabels(), false);
        }
        return Optional.ofNullable(found);
    }

    @Override
    public Effect keep(Place place, String registry, Account account) {
        Optional<Secret> before = ours(place);
        String content = content(registry, account.login());
        Map<String, String> notes = Map.of(
                ACCOUNT,
                account.login().user(),
                UNTIL,
                account.until().equals(Instant.MAX) ? NEVER : account.until().toString());
        boolean same = before.filter(found -> Map.of(CONTENT, content).equals(found.getData())
                        && found.getMetadata().getAnnotations() != null
                        && found.getMetadata().getAnnotations().entrySet().containsAll(notes.entrySet()))
                .isPresent();
        if (same) {
            return Effect.unchanged(PullSecrets.TYPE, place.shown());
        }
        if (writes) {
            Secret wanted = new SecretBuilder()
                    .withNewMetadata()
                    .withName(place.name())
                    .withNamespace(place.namespace())
                    .withLabels(place.owner().labels())
                    .withAnnotations(notes)
                    .endMetadata()
                    .withType(KIND)
                    .withData(Map.of(CONTENT, content))
                    .build();
            client.resource(wanted)
                    .fieldManager(place.owner().fieldManager())
                    .forceConflicts()
                    .serverSideApply();
        }
        String detail = "login " + account.login().user();
        return before.isPresent()
                ? Effect.updated(PullSecrets.TYPE, place.shown(), detail)
                : Effect.created(PullSecrets.TYPE, place.shown(), detail);
    }

    private static String content(String registry, Login login) {
        String pair = base64(login.user() + ":" + login.password().reveal());
        Map<String, Object> config = Map.of("auths", Map.of(registry, Map.of("auth", pair)));
        return base64(Serialization.asJson(config));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Effect remove(Place place) {
        Optional<Secret> found = ours(place);
        if (found.isEmpty()) {
            return Effect.unchanged(PullSecrets.TYPE, place.shown());
        }
        if (writes) {
            resource(place)
                    .lockResourceVersion(found.get().getMetadata().getResourceVersion())
                    .delete();
        }
        return Effect.deleted(PullSecrets.TYPE, place.shown(), "");
    }

    private Resource<Secret> resource(Place place) {
        return client.secrets().inNamespace(place.namespace()).withName(place.name());
    }
}
