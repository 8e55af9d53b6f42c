package io.imaas.adapter.git;

import io.imaas.model.failure.FailureException;
import io.imaas.port.Change;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.eclipse.jgit.revwalk.FooterLine;
import org.eclipse.jgit.revwalk.RevCommit;

/** A change's words as a commit message, with its trailers as git-interpret-trailers(1) reads them. */
final class CommitMessage {
    static final String KEY = "Imaas-Key";
    static final String PRECEDENCE = "Imaas-Precedence";
    static final String TENANT = "Imaas-Tenant";
    static final String ENVIRONMENT = "Imaas-Environment";
    static final String ACTOR = "Imaas-Actor";

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]*");
    /** Eighteen digits always fit into a long. */
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}");

    private static final Pattern LINE_BREAKS = Pattern.compile("\\s*[\\r\\n]+\\s*");

    private CommitMessage() {}

    static String of(Change change) {
        StringBuilder message = new StringBuilder(oneLine(change.subject()));
        if (!change.body().isBlank()) {
            message.append("\n\n").append(change.body().strip());
        }
        Map<String, String> trailers = trailers(change);
        if (!trailers.isEmpty()) {
            message.append('\n');
        }
        trailers.forEach(
                (name, value) -> message.append('\n').append(name).append(": ").append(oneLine(value)));
        return message.append('\n').toString();
    }

    /** Refuses what could not be found again. */
    static void check(Change change) {
        if (!change.key().equals(oneLine(change.key()))) {
            throw FailureException.input("an idempotency key is one line of text", change.key(), "");
        }
        for (String name : change.trailers().keySet()) {
            if (!TOKEN.matcher(name).matches()) {
                throw FailureException.input(
                        "'" + name + "' is no trailer name", "", "use letters, digits and hyphens");
            }
        }
        if (!NUMBER.matcher(Long.toString(change.precedence())).matches()) {
            throw FailureException.input("a precedence has at most 18 digits", Long.toString(change.precedence()), "");
        }
        if (change.subject().isBlank()) {
            throw FailureException.input(
                    "a change needs a subject", change.branch().value(), "");
        }
    }

    /** The trailers of a commit; of two with one name the last one counts. */
    static Map<String, String> trailers(RevCommit commit) {
        Map<String, String> trailers = new LinkedHashMap<>();
        for (FooterLine line : commit.getFooterLines()) {
            trailers.put(line.getKey(), line.getValue());
        }
        return trailers;
    }

    /** The precedence a commit was made with; 0 when it does not say. */
    static long precedence(Map<String, String> trailers) {
        String written = trailers.getOrDefault(PRECEDENCE, "0");
        return NUMBER.matcher(written).matches() ? Long.parseLong(written) : 0;
    }

    private static Map<String, String> trailers(Change change) {
        Map<String, String> trailers = new LinkedHashMap<>(change.trailers());
        if (change.precedence() != 0) {
            trailers.put(PRECEDENCE, Long.toString(change.precedence()));
        }
        if (!change.key().isEmpty()) {
            trailers.put(KEY, change.key());
        }
        return trailers;
    }

    private static String oneLine(String text) {
        return LINE_BREAKS.matcher(text.strip()).replaceAll(" ");
    }
}
