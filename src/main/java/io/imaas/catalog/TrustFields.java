package io.imaas.catalog;

import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.SigningKey;
import io.imaas.model.record.OrchestratorKey;
import io.imaas.model.record.Person;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/** Reads whose signatures count. */
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

    private static Instant moment(Section given, String key) {
        return given.value(key, "bad-time", TrustFields::moment, null);
    }

    private static Instant moment(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw FailureException.input(
                    "'" + text + "' is no moment",
                    "",
                    "write a date, a time and an offset such as 2027-01-31T08:00:00Z");
        }
    }
}
