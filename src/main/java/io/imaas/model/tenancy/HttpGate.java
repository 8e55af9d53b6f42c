package io.imaas.model.tenancy;

import io.imaas.model.failure.Location;
import io.imaas.model.policy.Expression;
import java.io.Serializable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A question to another system, such as for a change ticket, before something reaches an environment.
 *
 * @param open holds for an answer that opens the gate; knows {@code status}, {@code headers} and {@code json}
 * @param closedReason makes a text of any other answer, or null
 * @param askAgain how long until it is asked again
 */
public record HttpGate(
        String name,
        Location where,
        List<EnvironmentName> environments,
        Call call,
        Expression open,
        Expression closedReason,
        Duration askAgain)
        implements Serializable {
    public HttpGate {
        environments = List.copyOf(environments);
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

        /** With values for its words, written so that they can't leave their place. */
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
                filled = filled.replace("${" + word.getKey() + "}", written.apply(word.getValue()));
            }
            return filled;
        }

        private static String inJson(String value) {
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
