package io.imaas.model.record;

import io.imaas.model.failure.FailureException;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the orchestrator or a person says of something, as in-toto has it (Statement v1): of whom, of what kind, and what.
 *
 * @param type what kind, such as {@code urn:imaas:record:health:v1}
 * @param subject the name of what it is about, such as {@code orders/order-api/prod}
 * @param sha256 the hash of what it is about, in 64 hexadecimal digits
 * @param said the predicate: JSON in Java's own types, without null
 */
public record Statement(String type, String subject, String sha256, Map<String, Object> said) implements Serializable {
    /** When it was said; every statement has it, for a key counts for a time. */
    public static final String AT = "at";

    public Statement {
        said = Collections.unmodifiableMap(new LinkedHashMap<>(said));
    }

    /** @throws FailureException INPUT when it does not say when it was said */
    public Instant at() {
        // A bill of materials has no place for anything of ours, but one for the time.
        return said.containsKey(AT) || !(said.get("metadata") instanceof Map<?, ?>)
                ? instant(AT)
                : instant("metadata", "timestamp");
    }

    /**
     * @param path keys, one within the other
     * @throws FailureException INPUT when there is no such text
     */
    public String text(String... path) {
        Object found = said;
        for (String key : path) {
            found = found instanceof Map<?, ?> map ? map.get(key) : null;
        }
        if (found instanceof String text) {
            return text;
        }
        throw FailureException.input("the statement has no '" + String.join(".", path) + "'", "", "");
    }

    /** The text, or empty when the statement says nothing of that. */
    public String textOrEmpty(String key) {
        return said.containsKey(key) ? text(key) : "";
    }

    /** @throws FailureException INPUT when there is no such time */
    public Instant instant(String... path) {
        try {
            return Instant.parse(text(path));
        } catch (DateTimeException e) {
            throw FailureException.input(
                    "'" + String.join(".", path) + "' of the statement is not a time: " + text(path), "", "");
        }
    }

    /** A statement, with the envelope that it was read from. */
    public record SignedStatement(Statement statement, Envelope envelope) implements Serializable {}
}
