package io.imaas.catalog;

import io.imaas.model.identity.SigningKey;
import io.imaas.model.record.OrchestratorKey;
import io.imaas.model.record.Person;
import io.imaas.model.tenancy.Access;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads whose signatures count, and who may what. */
final class TrustFields {
    private TrustFields() {}

    static List<OrchestratorKey> orchestrators(Section root) {
        List<OrchestratorKey> keys = new ArrayList<>();
        for (Section given : root.sections("orchestrators")) {
            String name = given.word("name");
            Instant from = moment(given, "validFrom");
            Instant to = moment(given, "validTo");
            given.value("key", "bad-key", text -> new SigningKey(name, text))
                    .ifPresent(key -> keys.add(new OrchestratorKey(key.value(), from, to)));
        }
        return keys;
    }

    static List<Person> people(Section root) {
        List<Person> people = new ArrayList<>();
        for (Section given : root.sections("people")) {
            String name = given.word("name");
            people.add(new Person(
                    name,
                    given.list("aliases", "bad-person", alias -> alias),
                    ApprovalFields.people(given, "teams"),
                    given.list("keys", "bad-key", text -> new SigningKey(name, text))));
        }
        return people;
    }

    /** Named keys of a list. */
    static List<SigningKey> keys(Section section, String list) {
        List<SigningKey> keys = new ArrayList<>();
        for (Section given : section.sections(list)) {
            given.value("key", "bad-key", text -> new SigningKey(given.word("name"), text))
                    .ifPresent(key -> keys.add(key.value()));
        }
        return keys;
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

    private static Instant moment(Section given, String key) {
        return given.value(key, "bad-time", Times::moment, null);
    }
}
