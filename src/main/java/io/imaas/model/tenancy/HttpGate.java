package io.imaas.model.tenancy;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Location;
import io.imaas.model.policy.AdmissionPolicy.Expression;
import java.io.Serializable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A question to another system, such as for a change ticket, before something reaches an environment.
 *
 * @param open holds for an answer that opens the gate; knows {@code status}, {@code headers}, {@code json} and the words of requests
 * @param closedReason makes a text of any other answer, or null
 * @param askAgain how long until it is asked again
 * @param timeout how long after it was asked first it is asked at all; zero: without end
 * @param ticket what is written to the other system, or null
 */
public record HttpGate(
        String name,
        Location where,
        List<EnvironmentName> environments,
        Call call,
        Expression open,
        Expression closedReason,
        Duration askAgain,
        Duration timeout,
        Ticket ticket)
        implements Serializable {
    public HttpGate {
        environments = List.copyOf(environments);
    }

    /** Whether it is too late to ask once more for what was asked first at this time; null: it never was. */
    public boolean isOver(Instant asked, Instant now) {
        return asked != null && !timeout.isZero() && !now.isBefore(asked.plus(timeout));
    }

    /**
     * What the orchestrator writes to the other system. Each part may be null.
     *
     * @param missing holds for an answer that tells of no ticket, so that one is to be made
     * @param id makes the text that {@code ${ticket}} stands for of an answer that opens the gate
     * @param create makes a ticket
     * @param succeeded tells that the rollout has succeeded
     * @param failed tells that it has failed
     */
    public record Ticket(Expression missing, Expression id, Call create, Call succeeded, Call failed)
            implements Serializable {
        public boolean isCreated() {
            return missing != null && create != null;
        }

        /** Whether the other system wants to know how it ended. */
        public boolean isClosed() {
            return succeeded != null || failed != null;
        }
    }

    /** How the login goes into the request. */
    public enum Login {
        BEARER,
        /** The secret is {@code user:password}. */
        BASIC
    }

    /**
     * An HTTP request. {@code ${word}} in URL and body stands for what is asked about.
     *
     * @param credential the name of a secret, or empty
     * @param body JSON, or empty
     */
    public record Call(
            String method, String url, Map<String, String> headers, String body, String credential, Login login)
            implements Serializable {
        public Call {
            headers = java.util.Collections.unmodifiableMap(new TreeMap<>(headers));
        }

        /**
         * With values for its words, written so that they can't leave their place.
         *
         * @throws FailureException INPUT when it needs a word that has no value: half a question has other answers
         */
        public Call about(Map<String, String> words) {
            return new Call(
                    method,
                    filled(url, words, value -> URLEncoder.encode(value, StandardCharsets.UTF_8)
                            .replace("+", "%20")),
                    headers,
                    filled(body, words, Call::inJson),
                    credential,
                    login);
        }

        private static String filled(String text, Map<String, String> words, UnaryOperator<String> written) {
            String filled = text;
            for (Map.Entry<String, String> word : words.entrySet()) {
                String name = "${" + word.getKey() + "}";
                if (word.getValue().isEmpty() && filled.contains(name)) {
                    throw FailureException.input(
                            name + " has no value here: nothing is rendered", "platform.yaml", "write ${content}");
                }
                filled = filled.replace(name, written.apply(word.getValue()));
            }
            return filled;
        }

        /** A text as it stands between quotation marks in JSON, and in a template of Go. */
        static String inJson(String value) {
            StringBuilder written = new StringBuilder();
            value.chars()
                    .forEach(character -> written.append(
                            character < ' ' || character == '"' || character == '\\'
                                    ? String.format("\\u%04x", character)
                                    : String.valueOf((char) character)));
            return written.toString();
        }
    }
}
