package io.imaas.app.access;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Actor;
import io.imaas.model.identity.Actor.Proof;
import io.imaas.model.identity.Secret;
import io.imaas.model.image.Digest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Who has a token. The file holds the tokens' SHA-256 alone: tokens are random and long, so nobody finds one by trying,
 * and whoever reads the file can't log in.
 */
public final class Accounts {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
            .build();

    private final Map<String, Account> byHash;

    private Accounts(Map<String, Account> byHash) {
        this.byHash = Map.copyOf(byHash);
    }

    /** @param expires the first day on which the token counts for nothing; null: never */
    private record Account(Visitor visitor, LocalDate expires) {
        boolean counts(Instant now) {
            return expires == null
                    || now.isBefore(expires.atStartOfDay(ZoneOffset.UTC).toInstant());
        }
    }

    private record TokensFile(List<Entry> tokens) {}

    private record Entry(
            String name, String sha256, Set<String> tenants, List<String> roles, Set<Right> may, String expires) {
        Account account(String place) {
            if (name == null || sha256 == null || !sha256.matches("[0-9a-f]{64}")) {
                throw FailureException.input(
                        "a token needs 'name' and 'sha256', 64 hexadecimal digits",
                        place,
                        "printf %s \"$TOKEN\" | sha256sum");
            }
            try {
                Actor actor = new Actor(name, Proof.TOKEN, roles == null ? List.of() : roles);
                return new Account(
                        new Visitor(actor, tenants == null ? Set.of() : tenants, may == null ? Set.of() : may),
                        expires == null ? null : LocalDate.parse(expires));
            } catch (DateTimeParseException e) {
                throw FailureException.input("'expires' is not a day", place, "write expires: 2027-01-31");
            }
        }
    }

    /**
     * Reads {@code tokens: [{name, sha256, tenants, roles, may, expires}]}.
     *
     * @param where the file's name, for messages
     * @throws FailureException INPUT when it is not such a file
     */
    public static Accounts read(String text, String where) {
        List<Entry> entries = file(text, where).tokens();
        Map<String, Account> found = new HashMap<>();
        for (Entry entry : entries == null ? List.<Entry>of() : entries) {
            String place = where + ": " + entry.name();
            if (found.put(entry.sha256(), entry.account(place)) != null) {
                throw FailureException.input("two tokens are the same", place, "give everybody a token of their own");
            }
        }
        return new Accounts(found);
    }

    private static TokensFile file(String text, String where) {
        try {
            Object yaml = new Load(LoadSettings.builder().setLabel(where).build()).loadFromString(text);
            return MAPPER.treeToValue(MAPPER.valueToTree(yaml), TokensFile.class);
        } catch (YamlEngineException e) {
            throw FailureException.input("this is not YAML: " + e.getMessage(), where, "see docs/serve.md");
        } catch (UnrecognizedPropertyException e) {
            throw FailureException.input(
                    "the key '" + e.getPropertyName() + "' is unknown",
                    place(where, e),
                    "known: " + e.getKnownPropertyIds());
        } catch (InvalidFormatException e) {
            throw FailureException.input(
                    "nobody may '" + e.getValue() + "'", place(where, e), "known: " + Right.words());
        } catch (JsonProcessingException e) {
            throw FailureException.input(
                    "a map with the list 'tokens' stands here, and this does not fit into it",
                    e instanceof JsonMappingException wrong ? place(where, wrong) : where,
                    "write tokens: [{name: …, sha256: …}]");
        }
    }

    /** Such as {@code tokens.yaml: tokens[0].may[1]}. */
    private static String place(String where, JsonMappingException wrong) {
        String path = wrong.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining());
        return where + ": " + path.replaceFirst("^\\.", "");
    }

    /** How many tokens there are. */
    public int size() {
        return byHash.size();
    }

    /** Whose tokens count no more. */
    public List<String> expired(Instant now) {
        return byHash.values().stream()
                .filter(account -> !account.counts(now))
                .map(account -> account.visitor().actor().name())
                .sorted()
                .toList();
    }

    /** Whose a token is; empty when it is nobody's or has expired. */
    public Optional<Visitor> find(Secret token, Instant now) {
        return Optional.ofNullable(byHash.get(Digest.of(token.reveal()).hex()))
                .filter(account -> account.counts(now))
                .map(Account::visitor);
    }
}
