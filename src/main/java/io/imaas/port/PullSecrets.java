package io.imaas.port;

import io.imaas.model.failure.Effect;
import io.imaas.model.kubernetes.OwnLabels;
import io.imaas.port.RegistrySpaces.Account;
import java.time.Instant;
import java.util.Optional;

/** Secrets in tenants' namespaces with which images are pulled. Passwords go in and never come out. */
public interface PullSecrets {
    /** Of effects. */
    String TYPE = "Secret";

    /** Where no images are pulled, such as in a folder. */
    PullSecrets NONE = new PullSecrets() {
        @Override
        public Optional<Kept> find(Place place) {
            return Optional.of(new Kept("", Instant.MAX));
        }

        @Override
        public Effect keep(Place place, String registry, Account account) {
            return Effect.unchanged(TYPE, place.shown());
        }

        @Override
        public Effect remove(Place place) {
            return Effect.unchanged(TYPE, place.shown());
        }
    };

    /** Whose login is there; empty: there is no such Secret of ours. */
    Optional<Kept> find(Place place);

    /** Brings the Secret to a login for one registry; the namespace's default account pulls with it. */
    Effect keep(Place place, String registry, Account account);

    /** Takes the Secret away, where it is ours. */
    Effect remove(Place place);

    /** @param owner whose Secret it must be */
    record Place(String namespace, String name, OwnLabels owner) {
        public String shown() {
            return namespace + "/" + name;
        }
    }

    /**
     * What is known of a login without it.
     *
     * @param account the user
     * @param until when it ends; {@link Instant#MAX}: never
     */
    record Kept(String account, Instant until) {}
}
