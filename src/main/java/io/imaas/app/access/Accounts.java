package io.imaas.app.access;

import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Actor;
import io.imaas.model.identity.Actor.Proof;
import io.imaas.model.identity.Secret;
import io.imaas.model.image.Digest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Who has a token. The file holds the tokens' SHA-256 alone: tokens are random and long, so nobody finds one by trying,
 * and whoever reads the file can't log in.
 */
public final class Accounts {
    private static final Set<String> KEYS = Set.of("name", "sha256", "tenants", "roles", "may", "expires");

    private final Map<String, Account> byHash;

    private Accounts(Map<String, Account> byHash) {
        this.byHash = Map.copyOf(byHash);
    }

    /** @param expires the first day on which the token counts for nothing; null: never */
    private record Account(Visitor visitor, LocalDate expires) {}

    /**
     * Reads {@code tokens: [{name, sha256, tenants, roles, may, expires}]}.
     *
     * @param where the file's name, for messages
     * @throws FailureException INPUT when it is no such file
     */
    public static Accounts read(String text, String where) {
        Map<String, Account> found = new HashMap<>();
        for (Object entry : list(map(load(text, where), where).get("tokens"), where + ": tokens")) {
            Map<?, ?> one = map(entry, where + ": tokens");
            String name = String.valueOf(one.get("name"));
            String place = where + ": " + name;
            one.keySet().forEach(key -> {
                if (!KEYS.contains(String.valueOf(key))) {
                    throw FailureException.input("the key '" + key + "' is unknown", place, "known: " + KEYS);
                }
            });
            String hash = String.valueOf(one.get("sha256"));
            if (!hash.matches("[0-9a-f]{64}") || one.get("name") == null) {
                throw FailureException.input(
                        "a token needs 'name' and 'sha256', 64 hexadecimal digits",
                        place,
                        "printf %s \"$TOKEN\" | sha256sum");
            }
            Actor actor = new Actor(name, Proof.TOKEN, texts(one.get("roles"), place));
            Visitor visitor = new Visitor(actor, Set.copyOf(texts(one.get("tenants"), place)), rights(one, place));
            if (found.put(hash, new Account(visitor, expires(one, place))) != null) {
                throw FailureException.input("two tokens are the same", place, "give everybody a token of their own");
            }
        }
        return new Accounts(found);
    }

    /** Whose a token is; empty when it is nobody's or has expired. */
    public Optional<Visitor> find(Secret token, Instant now) {
        return Optional.ofNullable(byHash.get(hash(token)))
                .filter(account -> account.expires() == null
                        || now.isBefore(
                                account.expires().atStartOfDay(ZoneOffset.UTC).toInstant()))
                .map(Account::visitor);
    }

    private static String hash(Secret token) {
        return Digest.of(token.reveal()).hex();
    }

    private static Object load(String text, String where) {
        try {
            return new Load(LoadSettings.builder().setLabel(where).build()).loadFromString(text);
        } catch (YamlEngineException e) {
            throw FailureException.input("this is no YAML: " + e.getMessage(), where, "see docs/serve.md");
        }
    }

    private static Set<Right> rights(Map<?, ?> one, String place) {
        Set<Right> rights = new LinkedHashSet<>();
        for (String word : texts(one.get("may"), place)) {
            rights.add(List.of(Right.values()).stream()
                    .filter(right -> right.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> FailureException.input(
                            "nobody may '" + word + "'", place, "known: promote, approve, rollback, resume")));
        }
        return rights;
    }

    private static LocalDate expires(Map<?, ?> one, String place) {
        try {
            return one.get("expires") == null ? null : LocalDate.parse(String.valueOf(one.get("expires")));
        } catch (DateTimeParseException e) {
            throw FailureException.input("'expires' is no day", place, "write expires: 2027-01-31");
        }
    }

    private static List<String> texts(Object value, String place) {
        List<String> texts = new ArrayList<>();
        list(value, place).forEach(one -> texts.add(String.valueOf(one)));
        return texts;
    }

    private static List<?> list(Object value, String place) {
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list;
        }
        throw FailureException.input("this must be a list", place, "write [a, b]");
    }

    private static Map<?, ?> map(Object value, String place) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw FailureException.input("this must be a map", place, "write tokens: [{name: …, sha256: …}]");
    }
}
