package io.imaas.adapter.git;

import io.imaas.model.failure.FailureException;
import io.imaas.model.rollout.Trailers;
import io.imaas.port.Change;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.FooterLine;
import org.eclipse.jgit.revwalk.RevCommit;

/** A change's words as a commit message, with its trailers as git-interpret-trailers(1) reads them. */
final class CommitMessage {
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]*");

    /** What ends a line for some reader, ends the message for Git, or commands the terminal of who reads the log. */
    private static final Pattern COMMANDS = Pattern.compile("\\s*[\\p{Cc}\\u2028\\u2029]+\\s*");

    private CommitMessage() {}

    /** @param first the id for the trailer {@link Change#firstAs()}; null when there is none */
    static String of(Change change, ObjectId first) {
        StringBuilder message = new StringBuilder(oneLine(change.subject()));
        Map<String, String> trailers = trailers(change, first);
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
        Set<String> names = new LinkedHashSet<>(change.trailers().keySet());
        if (!change.firstAs().isEmpty()) {
            names.add(change.firstAs());
        }
        for (String name : names) {
            if (!TOKEN.matcher(name).matches()) {
                throw FailureException.input(
                        "'" + name + "' is not a trailer name", "", "use letters, digits and hyphens");
            }
        }
        if (change.subject().isBlank()) {
            throw FailureException.input(
                    "a change needs a subject", change.branch().value(), "");
        }
    }

    /** The trailers of a commit; of two with one name the last one counts. */
    static Map<String, String> trailers(RevCommit commit) {
        Map<String, String> trailers = new LinkedHashMap<>();
        for (FooterLine line : CommitWords.trailers(commit)) {
            trailers.put(line.getKey(), line.getValue());
        }
        return trailers;
    }

    private static Map<String, String> trailers(Change change, ObjectId first) {
        Map<String, String> trailers = new LinkedHashMap<>(change.trailers());
        if (!change.firstAs().isEmpty() && first != null) {
            trailers.put(change.firstAs(), first.name());
        }
        if (!change.key().isEmpty()) {
            trailers.put(Trailers.KEY, change.key());
        }
        return trailers;
    }

    private static String oneLine(String text) {
        return COMMANDS.matcher(text.strip()).replaceAll(" ");
    }
}
