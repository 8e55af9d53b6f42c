package io.imaas.catalog;

import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.GpgFingerprint;
import io.imaas.model.identity.PersonName;
import io.imaas.model.identity.SigningKey;
import io.imaas.model.record.ListedKey;
import io.imaas.model.record.Person;
import io.imaas.model.tenancy.Access;
import io.imaas.model.tenancy.Keyless;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads whose signatures count, and who may what. */
final class TrustFields {
    /** Sigstore's own file of certificates and keys, beside {@code platform.yaml}. */
    static final String TRUSTED_ROOT = "trusted_root.json";

    private TrustFields() {}

    /** Named keys of a list. */
    static List<ListedKey> keys(Section section, String list) {
        return section.sections(list).stream()
                .flatMap(given -> key(given, given.word("name")).stream())
                .map(Located::value)
                .toList();
    }

    private static Optional<Located<ListedKey>> key(Section given, String name) {
        Instant from = moment(given, "validFrom");
        Instant to = given.value("validTo", "bad-time", text -> after(from, text), null);
        GpgFingerprint gpg = given.value("gpg", "bad-key", GpgFingerprint::new, null);
        return given.value("key", "bad-key", text -> new ListedKey(new SigningKey(name, text), from, to, gpg));
    }

    /**
     * The lines of the keys with which machines sign. One machine may have several jobs; one key twice in a list would count
     * longer than one of its lines says.
     */
    private static Map<String, Integer> machines(Section root, Findings findings) {
        Map<String, Integer> all = new HashMap<>();
        Section images = root.section("policy").section("images");
        for (List<Section> list : List.of(
                root.sections("orchestrators"),
                images.sections("signedBy"),
                images.section("vulnerabilities").sections("scanners"))) {
            Map<String, Integer> lines = new HashMap<>();
            list.stream()
                    .flatMap(given -> key(given, given.word("name")).stream())
                    .forEach(one -> findings.isNew(
                            lines, one.value().key().id(), one.where(), "duplicate-key", "the key with the id"));
            lines.forEach(all::putIfAbsent);
        }
        return all;
    }

    /**
     * A name or a key that two entries have would make two people of one, who agrees with herself; and a person with the key of a
     * machine could say what the machine says.
     */
    static List<Person> people(Section root, Findings findings) {
        List<Person> people = new ArrayList<>();
        Map<String, Integer> names = new HashMap<>();
        Map<String, Integer> keys = machines(root, findings);
        for (Section given : root.sections("people")) {
            String name = given.word("name");
            List<Located<String>> aliases = given.values("aliases", "bad-person", alias -> alias);
            List<Located<SigningKey>> own = given.values("keys", "bad-key", text -> new SigningKey(name, text));
            Set<String> plain = new HashSet<>();
            Stream.concat(Stream.of(new Located<>(given.at("name"), name)), aliases.stream())
                    .filter(one -> plain.add(PersonName.plain(one.value())))
                    .forEach(one -> findings.isNew(
                            names, PersonName.plain(one.value()), one.where(), "duplicate-person", "the name"));
            List<Located<ListedKey>> replaced = given.sections("replacedKeys").stream()
                    .flatMap(one -> key(one, name).stream())
                    .toList();
            own.forEach(key ->
                    findings.isNew(keys, key.value().id(), key.where(), "duplicate-person", "the key with the id"));
            replaced.forEach(one -> findings.isNew(
                    keys, one.value().key().id(), one.where(), "duplicate-person", "the key with the id"));
            people.add(new Person(
                    name,
                    aliases.stream().map(Located::value).toList(),
                    ApprovalFields.people(given, "teams"),
                    own.stream().map(Located::value).toList(),
                    replaced.stream().map(Located::value).toList()));
        }
        return people;
    }

    /** Those of {@code signedBy} who sign without a key. */
    static Keyless keyless(Section section, String trustedRoot, Findings findings) {
        List<Keyless.Signer> signers = new ArrayList<>();
        for (Section given : section.sections("signedBy")) {
            Section keyless = given.section("keyless");
            if (given.has("key") == given.has("keyless")) {
                findings.refine(
                        "bad-key",
                        given.at("name"),
                        "a signer has either a key or keyless",
                        "write key: the content of cosign.pub, or keyless: {issuer: …, identity: …}");
            } else if (given.has("keyless")) {
                signers.add(new Keyless.Signer(given.word("name"), keyless.word("issuer"), keyless.word("identity")));
                if (trustedRoot.isBlank()) {
                    findings.refine(
                            "missing-file",
                            given.at("keyless"),
                            "there is no " + TRUSTED_ROOT + ", against which signatures without a key are checked",
                            "cosign initialize && cp ~/.sigstore/root/*/targets/" + TRUSTED_ROOT + " .");
                }
            }
        }
        return new Keyless(signers, trustedRoot);
    }

    /** Who may what on the whole platform. */
    static Access access(Section access) {
        Map<String, List<String>> teams = new LinkedHashMap<>();
        access.sections("groups")
                .forEach(group -> teams.put(group.word("name"), ApprovalFields.people(group, "teams")));
        return new Access(
                ApprovalFields.people(access, "admins"),
                ApprovalFields.people(access, "releaseManagers"),
                ApprovalFields.people(access, "auditors"),
                teams);
    }

    private static Instant after(Instant from, String text) {
        Instant to = Times.moment(text);
        if (from != null && !from.isBefore(to)) {
            throw FailureException.input("the key counts at no time: validTo is not after validFrom", "swap them");
        }
        return to;
    }

    private static Instant moment(Section given, String key) {
        return given.value(key, "bad-time", Times::moment, null);
    }
}
