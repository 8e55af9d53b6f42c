package io.imaas.app;

import io.imaas.model.failure.Effect;
import io.imaas.port.PullSecrets;
import io.imaas.port.RegistrySpaces.Account;
import java.util.Map;
import java.util.Optional;

/** @param pulls accounts by the place of their secret */
record PullSecretsInMemory(Map<String, Account> pulls) implements PullSecrets {
    @Override
    public Optional<Kept> find(Place place) {
        return Optional.ofNullable(pulls.get(place.shown()))
                .map(account -> new Kept(account.login().user(), account.until()));
    }

    @Override
    public Effect keep(Place place, String registry, Account account) {
        return pulls.put(place.shown(), account) == null
                ? Effect.created(TYPE, place.shown(), "")
                : Effect.updated(TYPE, place.shown(), "");
    }

    @Override
    public Effect remove(Place place) {
        return pulls.remove(place.shown()) == null
                ? Effect.unchanged(TYPE, place.shown())
                : Effect.deleted(TYPE, place.shown(), "");
    }
}
