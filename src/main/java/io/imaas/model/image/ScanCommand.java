package io.imaas.model.image;

import io.imaas.model.failure.FailureException;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * A program that looks for known weaknesses of an image; no shell is involved.
 *
 * @param arguments the program first; {@value #IMAGE} stands for the image by digest, {@value #REPORT} for the file that it writes
 * @param timeout after which it is ended with all its children
 */
public record ScanCommand(List<String> arguments, Duration timeout) implements Serializable {
    private static final String IMAGE = "${image}";
    private static final String REPORT = "${report}";

    /** @throws FailureException INPUT when it names no program, or not both the image and the report */
    public ScanCommand {
        arguments = List.copyOf(arguments);
        if (!(names(arguments, IMAGE) && names(arguments, REPORT)) || names(arguments.subList(0, 1), "${")) {
            throw FailureException.input(
                    "a scan is a program with the words " + IMAGE + " and " + REPORT + " among its arguments",
                    "[trivy, image, --quiet, --format, json, --output, \"" + REPORT + "\", \"" + IMAGE + "\"]");
        }
    }

    private static boolean names(List<String> arguments, String word) {
        return arguments.stream().anyMatch(argument -> argument.contains(word));
    }

    /** @param report the file that the program writes */
    public List<String> of(ImageRef image, String report) {
        return arguments.stream()
                .map(argument -> argument.replace(IMAGE, image.toString()).replace(REPORT, report))
                .toList();
    }
}
