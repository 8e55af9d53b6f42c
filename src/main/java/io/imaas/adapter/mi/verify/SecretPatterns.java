package io.imaas.adapter.mi.verify;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a secret in plain text looks like. Made to be silent rather than to cry wolf: a name must end in a word for a
 * secret, and the value must be one that a program could use as it stands.
 */
final class SecretPatterns {
    /** Most names are nothing of the kind, and this is quick. */
    private static final Pattern HINT = Pattern.compile("(?i)pass|pwd|secret|token|key");

    private static final Set<String> SECRET_WORDS =
            words("password passwd pwd passphrase secret apikey token secretkey accesskey privatekey");
    private static final Set<String> KEY_OWNERS =
            words("api access private secret client shared encryption signing account");
    /** Tokens that open nothing: paging, CSRF, the names of headers and of grant types. */
    private static final Set<String> HARMLESS_OWNERS = words(
            "page next previous sync continuation delta cursor cancellation csrf xsrf skip grant is has use enable"
                    + " validate require show hide forgot reset change no");
    /** Expressions, look-ups and references that are resolved elsewhere. */
    private static final Pattern INDIRECT =
            Pattern.compile("(?is)^\\s*(\\{.*}|\\[.*]|\\$.*|//.*|@.*|.*\\$\\{.*|.*\\{[\\w.:$/-]+}.*"
                    + "|.*(vault-lookup|get-property|json-eval|base64encode|concat|secretalias|fn:|xpath)\\b.*"
                    + "|(ctx|env|file|system|func|gov|conf|resources|alias|enc):.*|uri\\.var\\..*)$");

    private static final Pattern PLACEHOLDER = Pattern.compile(
            "(?i)^([*x.#_?-]+|<.*>|your[-_ ].*|.*[-_]here|placeholder|todo|tbd|none|null|nil|undefined|true|false|yes|no"
                    + "|string|cert|bearer|basic|n/a|\\d{1,3})$");
    private static final Pattern URL_WITH_PASSWORD =
            Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]{0,30}://[^\\s/:@?#{}$]+:([^\\s/@{}$]{2,})@[^\\s/]");
    private static final Pattern QUERY_PASSWORD =
            Pattern.compile("(?i)[?&;](password|passwd|pwd|api_?key|secret|access_token)=([^&;\\s{}$]{3,})");
    private static final Pattern AUTHORIZATION = Pattern.compile("^\\s*(Basic|Bearer)\\s+[A-Za-z0-9+/._~=-]{8,}\\s*$");
    /** By a text that each of them has in it, for that is quick to look for. */
    private static final Map<String, Pattern> UNMISTAKABLE = Map.of(
            "-----BEGIN ", Pattern.compile("-----BEGIN ([A-Z]+ )?PRIVATE KEY-----"),
            "AKIA", Pattern.compile("\\bAKIA[0-9A-Z]{16}\\b"),
            "ASIA", Pattern.compile("\\bASIA[0-9A-Z]{16}\\b"),
            "gh", Pattern.compile("\\bgh[pousr]_[A-Za-z0-9]{36,}\\b"),
            "xox", Pattern.compile("\\bxox[abprs]-[A-Za-z0-9-]{10,}"),
            "sk_live_", Pattern.compile("\\bsk_live_[A-Za-z0-9]{16,}"),
            "AIza", Pattern.compile("\\bAIza[0-9A-Za-z_-]{35}\\b"),
            // A JSON web token, looked for at its first dot: what begins like one is found far more often.
            ".eyJ",
                    Pattern.compile(
                            "\\.eyJ(?<=\\beyJ[A-Za-z0-9_-]{8,500}\\.eyJ)[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}"));

    private SecretPatterns() {}

    private static Set<String> words(String listed) {
        return Set.of(listed.split(" "));
    }

    /** What the value gives away by itself, for a person and without the value; empty when nothing. */
    static Optional<String> inValue(String value) {
        if (value.length() < 8) {
            return Optional.empty();
        }
        for (Map.Entry<String, Pattern> one : UNMISTAKABLE.entrySet()) {
            if (value.contains(one.getKey()) && one.getValue().matcher(value).find()) {
                return Optional.of("a key or token");
            }
        }
        if ((value.contains("://") && URL_WITH_PASSWORD.matcher(value).find())
                || (value.contains("=") && QUERY_PASSWORD.matcher(value).find())) {
            return Optional.of("a password in a URL");
        }
        return AUTHORIZATION.matcher(value).matches() ? Optional.of("an Authorization header") : Optional.empty();
    }

    /** Whether a thing of this name with this value is a secret in plain text. */
    static boolean isSecret(String name, String value) {
        String trimmed = value.strip();
        return trimmed.length() >= 3
                && namesSecret(name)
                && trimmed.chars().noneMatch(Character::isWhitespace)
                && !INDIRECT.matcher(trimmed).matches()
                && !PLACEHOLDER.matcher(trimmed).matches();
    }

    private static boolean namesSecret(String name) {
        if (!HINT.matcher(name).find()) {
            return false;
        }
        List<String> words = Arrays.stream(
                        name.replaceAll("([a-z0-9])([A-Z])", "$1 $2").split("[^A-Za-z0-9]+"))
                .filter(w -> !w.isEmpty())
                .map(w -> w.toLowerCase(Locale.ROOT))
                .toList();
        if (words.isEmpty()) {
            return false;
        }
        String last = words.get(words.size() - 1);
        String owner = words.size() > 1 ? words.get(words.size() - 2) : "";
        boolean secret = (SECRET_WORDS.contains(last) && !HARMLESS_OWNERS.contains(owner))
                || (last.equals("key") && KEY_OWNERS.contains(owner))
                || (words.size() == 1 && last.matches("(\\w+)?(password|passwd)"));
        return secret && words.stream().limit(words.size() - 1L).noneMatch(HARMLESS_OWNERS::contains);
    }
}
