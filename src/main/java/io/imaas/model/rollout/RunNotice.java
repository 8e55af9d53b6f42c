package io.imaas.model.rollout;

import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceSettings;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How a run ended, for people who were not there.
 *
 * @param id the same for the same run, however often it is told: by it a doubled message is known
 * @param title what was done, such as {@code Promote order-api to test}
 * @param result one word: {@code succeeded}, {@code unstable}, {@code failed}, {@code refused}, {@code aborted}
 * @param tenant as its platform names it; an Argo CD project where nothing more is known
 * @param environment null when the run changes none
 * @param reason why it did not succeed, one line; empty when it did
 * @param link a page with more; may be empty
 */
public record RunNotice(
        String id,
        ServiceSettings.When occasion,
        String title,
        String result,
        String tenant,
        EnvironmentName environment,
        List<Part> parts,
        String actor,
        String reason,
        String link,
        Instant at)
        implements Serializable {
    public RunNotice {
        parts = List.copyOf(parts);
    }

    /**
     * What it was done to.
     *
     * @param version may be empty
     * @param digest its first digits, for people; may be empty
     */
    public record Part(String service, String version, String digest) implements Serializable {
        @Override
        public String toString() {
            return service + (version.isEmpty() ? "" : " " + version) + (digest.isEmpty() ? "" : " (" + digest + ")");
        }
    }

    /** What it was done to, where and by whom, in one line. */
    public String facts() {
        List<String> facts = new ArrayList<>(List.of("tenant " + tenant));
        if (!parts.isEmpty()) {
            facts.add(parts.stream().map(Part::toString).collect(Collectors.joining(", ")));
        }
        if (environment != null) {
            facts.add("to " + environment);
        }
        if (!actor.isEmpty()) {
            facts.add("by " + actor);
        }
        return plain(String.join(" · ", facts));
    }

    /** Somebody else's words in one line, without characters that steer a terminal, a header or the direction of text. */
    public static String plain(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}\\s\\u2028\\u2029]+", " ").strip();
    }

    public String plainHeadline() {
        return plain(headline());
    }

    /** The whole in one line. */
    public String headline() {
        return switch (occasion) {
                    case FAILURE ->
                        (result.equals("refused") ? "Refused: " : result.equals("aborted") ? "Aborted: " : "Failed: ");
                    case RECOVERY -> "Works again: ";
                    case SUCCESS -> result.equals("unstable") ? "Done, with warnings: " : "Done: ";
                    case APPROVAL -> "Waits for approval: ";
                }
                + title;
    }
}
