package io.imaas.model.record;

import io.imaas.model.identity.PersonName;
import io.imaas.model.identity.SigningKey;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Somebody whom the platform knows.
 *
 * @param name such as {@code @ann}
 * @param aliases what other systems call the same person
 * @param teams that the platform vouches for, such as {@code @acme/leads}: a signature proves a name and no team
 * @param keys whose signatures prove the name
 * @param replaced keys that proved it for a time
 */
public record Person(
        String name, List<String> aliases, List<String> teams, List<SigningKey> keys, List<ListedKey> replaced)
        implements Serializable {
    /** Somebody none of whose keys was ever replaced. */
    public Person(String name, List<String> aliases, List<String> teams, List<SigningKey> keys) {
        this(name, aliases, teams, keys, List.of());
    }

    public Person {
        aliases = List.copyOf(aliases);
        teams = List.copyOf(teams);
        keys = List.copyOf(keys);
        // Nor ends of keys.
        replaced = replaced == null ? List.of() : List.copyOf(replaced);
    }

    /** The keys that prove the name at a time. */
    public Stream<SigningKey> keysAt(Instant moment) {
        return Stream.concat(
                keys.stream(),
                replaced.stream().filter(one -> one.countsAt(moment)).map(ListedKey::key));
    }

    /** Whether the name is this person's, in whatever system. */
    public boolean isCalled(String other) {
        return PersonName.same(name, other) || aliases.stream().anyMatch(alias -> PersonName.same(alias, other));
    }

    /** The same where something is granted for it: a name that only looks so is not theirs. */
    boolean isSurely(String other) {
        return PersonName.surely(other, name) || aliases.stream().anyMatch(alias -> PersonName.surely(other, alias));
    }
}
