package io.imaas.model.record;

import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Actor.Proof;
import io.imaas.model.identity.GitWriter;
import io.imaas.model.identity.GpgFingerprint;
import io.imaas.model.identity.PersonName;
import io.imaas.model.identity.SigningKey;
import io.imaas.model.record.Statement.SignedStatement;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * Whose signatures count.
 *
 * @param platform the name of the platform whose records count, and no other's; empty where no file says who we are
 * @param orchestrators as {@code platform.yaml} lists them
 * @param people the same
 */
public record Trust(String platform, List<ListedKey> orchestrators, List<Person> people) implements Serializable {
    /** Nobody's. */
    public static final Trust NONE = new Trust(List.of(), List.of());

    /** Of a platform that has no name. */
    public Trust(List<ListedKey> orchestrators, List<Person> people) {
        this("", orchestrators, people);
    }

    public Trust {
        orchestrators = List.copyOf(orchestrators);
        people = List.copyOf(people);
    }

    /** One name for each person, however a system calls them. */
    public String person(String name) {
        return PersonName.plain(people.stream()
                .filter(one -> one.isCalled(name))
                .findFirst()
                .map(Person::name)
                .orElse(name));
    }

    /** One name for each person that somebody whom Git names may be. */
    public Set<String> persons(GitWriter writer) {
        return writer.names().stream().map(this::person).collect(Collectors.toSet());
    }

    /** Whether the platform says who that is. */
    public boolean knows(GitWriter writer) {
        return writer.names().stream().anyMatch(this::knows);
    }

    /** The same of a name. */
    public boolean knows(String name) {
        return people.stream().anyMatch(one -> one.isCalled(name));
    }

    /**
     * Whether two names are surely those of two people: the platform knows both, or one system, which has one name for each,
     * calls them so in letters that look like no others, and not as one login may be written.
     *
     * @param by how the first one was proven
     * @param otherBy the same of the other one
     */
    public boolean areTwo(String name, Proof by, String other, Proof otherBy) {
        boolean known = knows(name) && knows(other);
        boolean told = by == otherBy
                && !PersonName.deceptive(name)
                && !PersonName.deceptive(other)
                && !PersonName.mayBeOne(name, other);
        return (known || told) && !person(name).equals(person(other));
    }

    /** Whether the platform says that a person is of a team; each is of a team of their own name. */
    public boolean isOf(String name, String team) {
        return (!team.contains("/") && PersonName.surely(name, team))
                || people.stream()
                        .filter(one -> one.isSurely(name))
                        .anyMatch(one -> one.isSurely(team)
                                || one.teams().stream().anyMatch(own -> PersonName.surely(own, team)));
    }

    /**
     * Whether a key that was listed for this person when it was said signed it.
     *
     * @param by whether a key's owner signed an envelope
     */
    public boolean signedBy(String name, SignedStatement signed, BiPredicate<Envelope, SigningKey> by) {
        return people.stream()
                .filter(one -> one.isCalled(name))
                .flatMap(one -> one.keysAt(signed.statement().at()))
                .anyMatch(key -> by.test(signed.envelope(), key));
    }

    /** The keys of GnuPG with which orchestrators sign commits at this moment; none where they take their own keys. */
    public List<GpgFingerprint> commitKeys(Instant now) {
        return orchestrators.stream()
                .filter(one -> one.gpg() != null && (one.to() == null || now.isBefore(one.to())))
                .map(ListedKey::gpg)
                .distinct()
                .toList();
    }

    /** Where the platform lists no key, an orchestrator believes itself and nobody else. */
    public Trust orElse(Optional<SigningKey> own) {
        return orchestrators.isEmpty() && own.isPresent()
                ? new Trust(platform, List.of(ListedKey.always(own.get())), people)
                : this;
    }

    public boolean lists(SigningKey key) {
        return orchestrators.stream().anyMatch(listed -> listed.key().same(key));
    }

    /**
     * What is weaker about signatures here; empty where the platform lists the key that signs.
     *
     * @param own the key of this orchestrator, where it has one already
     */
    public Optional<String> weakness(Optional<SigningKey> own, Instant now) {
        if (orchestrators.isEmpty()) {
            return Optional.of(
                    "signatures are weaker (own key only): platform.yaml lists no key under 'orchestrators', so"
                            + " only what this machine's own key signed counts here, and nobody reviewed that key; 'imaas key'"
                            + " prints the lines to add");
        }
        List<ListedKey> listed = orchestrators.stream()
                .filter(one -> own.filter(key -> one.key().same(key)).isPresent())
                .toList();
        if (listed.stream().anyMatch(one -> one.countsAt(now))) {
            return Optional.empty();
        }
        return Optional.of("what this orchestrator signs counts for nothing: "
                + (listed.isEmpty()
                        ? "platform.yaml does not list its key under 'orchestrators'; 'imaas key' prints the lines to add"
                        : "by platform.yaml its key counts " + listed.get(0).validity()
                                + "; sign with another one: --key"));
    }

    /**
     * Why the statement does not count; empty when an orchestrator signed it while its key counted.
     *
     * @param by whether a key's owner signed an envelope
     */
    public Optional<String> doubt(SignedStatement signed, BiPredicate<Envelope, SigningKey> by) {
        List<ListedKey> signers = orchestrators.stream()
                .filter(listed -> by.test(signed.envelope(), listed.key()))
                .toList();
        if (signers.isEmpty()) {
            return Optional.of(
                    signed.envelope().signatures().isEmpty()
                            ? "it is not signed"
                            : "it is signed by none of the keys in 'orchestrators' of platform.yaml");
        }
        try {
            return signers.stream()
                            .anyMatch(one -> one.countsAt(signed.statement().at()))
                    ? Optional.empty()
                    : Optional.of("it was signed at " + signed.statement().at() + " by the key "
                            + signers.get(0).key().name() + ", which counts "
                            + signers.get(0).validity());
        } catch (FailureException noTime) {
            return Optional.of(noTime.failure().what());
        }
    }
}
