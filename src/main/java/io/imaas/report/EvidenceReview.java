package io.imaas.report;

import io.imaas.model.evidence.Evidence;
import java.util.List;

/**
 * What came of checking an evidence file.
 *
 * @param evidence what the file says; null when it can't be read
 * @param trusted whose signatures count, in words
 * @param parts what was looked at, in order
 */
public record EvidenceReview(Evidence evidence, String trusted, List<Part> parts) {
    /**
     * One thing that was looked at.
     *
     * @param name such as {@code signature}
     * @param fits whether it is as it should be
     * @param found in words
     */
    public record Part(String name, boolean fits, String found) {}

    public EvidenceReview {
        parts = List.copyOf(parts);
    }

    /** What does not fit. */
    public List<Part> misfits() {
        return parts.stream().filter(part -> !part.fits()).toList();
    }

    /** A line for each part. */
    public String text() {
        StringBuilder text = new StringBuilder("trusted " + trusted + '\n');
        parts.forEach(part -> text.append(part.fits() ? "ok      " : "NOT OK  ")
                .append(part.name())
                .append(": ")
                .append(part.found())
                .append('\n'));
        if (evidence != null) {
            evidence.missing()
                    .forEach(one -> text.append("absent  ").append(one).append('\n'));
        }
        return text.toString();
    }
}
