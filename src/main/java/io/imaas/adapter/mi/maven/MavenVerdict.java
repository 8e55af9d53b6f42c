package io.imaas.adapter.mi.maven;

import io.imaas.model.failure.FailureException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Listens to a Maven build and says in the end whether it is to be believed. */
final class MavenVerdict implements Consumer<String> {
    private static final int QUOTED = 20;
    private static final Pattern COLOURS = Pattern.compile("\u001B\\[[;\\d]*m");
    private static final Pattern ERROR = Pattern.compile("^\\[(ERROR|FATAL)]\\s*(.*)$");
    private static final Pattern EMPTY = Pattern.compile("[\\s.]*");
    /** A stray file in an artifact folder, such as .gitkeep: the plugin grumbles and rightly leaves it out. */
    private static final Pattern STRAY = Pattern.compile("Error occurred while processing (?!.*\\.(xml|dbs)$).+");

    private static final Pattern NETWORK = Pattern.compile(
            "Could not transfer|Connection (refused|reset|timed out)|Connect timed out|Read timed out|Unknown host"
                    + "|UnknownHostException|Temporary failure in name resolution|status: 5\\d\\d|No route to host",
            Pattern.CASE_INSENSITIVE);

    private final Consumer<String> log;
    private final List<String> errors = new ArrayList<>();
    private boolean strayMessageFollows;

    MavenVerdict(Consumer<String> log) {
        this.log = log;
    }

    @Override
    public void accept(String raw) {
        String line = COLOURS.matcher(raw).replaceAll("");
        log.accept(line);
        var error = ERROR.matcher(line);
        if (!error.matches()) {
            return;
        }
        String text = error.group(2);
        if (strayMessageFollows) {
            // The plugin logs the file and its parser's complaint as two errors.
            strayMessageFollows = false;
        } else if (STRAY.matcher(text).matches()) {
            strayMessageFollows = true;
        } else if (!EMPTY.matcher(text).matches()) {
            errors.add(text);
        }
    }

    /** @throws FailureException FAILED, or EXTERNAL when a repository could not be reached */
    void of(int exit, String where) {
        if (exit == 0 && errors.isEmpty()) {
            return;
        }
        String what = exit == 0
                ? "Maven says BUILD SUCCESS, but reported errors: the CAR is not what the sources say"
                : "Maven ended with exit code " + exit;
        String told = what + quoted();
        if (errors.stream().anyMatch(e -> NETWORK.matcher(e).find())) {
            throw FailureException.external(
                    told, where, "see that the Maven repositories can be reached, then try again", (Throwable) null);
        }
        throw FailureException.failed(told, where, "fix what the lines say; the whole output is above");
    }

    private String quoted() {
        StringBuilder text = new StringBuilder();
        errors.stream()
                .limit(QUOTED)
                .forEach(e -> text.append(System.lineSeparator()).append("    ").append(e));
        return text.toString();
    }
}
