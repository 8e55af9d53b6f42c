package io.imaas.cli.doctor;

import io.imaas.model.failure.FailureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads which Java a folder holds. */
final class JavaRelease {
    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(?:1\\.)?(\\d+)");

    private JavaRelease() {}

    /** The feature version in the {@code release} file that every JDK has. */
    static int of(Path home) {
        Path release = home.resolve("release");
        try {
            Matcher version = VERSION.matcher(Files.readString(release));
            if (version.find()) {
                return Integer.parseInt(version.group(1));
            }
        } catch (IOException e) {
            throw FailureException.input(
                    "JAVA_HOME names no JDK: " + release + " can't be read", "set it to a JDK's folder, or unset it");
        }
        throw FailureException.input(
                "JAVA_HOME names no JDK", home.toString(), "set it to a JDK's folder, or unset it");
    }
}
