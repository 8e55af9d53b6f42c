package io.imaas.adapter.management;

import io.imaas.model.failure.FailureException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A CAR that must be loaded.
 *
 * @param version empty: any
 */
public record ExpectedCar(String name, String version) {
    private static final Pattern FORM = Pattern.compile("([\\w.-]+)(?::([\\w.+-]+))?");

    /** {@code NAME} or {@code NAME:VERSION}. */
    public static ExpectedCar parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw FailureException.input("'" + text + "' names no CAR", "", "write NAME:VERSION, such as orders:1.2.0");
        }
        return new ExpectedCar(matcher.group(1), matcher.group(2) == null ? "" : matcher.group(2));
    }

    @Override
    public String toString() {
        return version.isEmpty() ? name : name + " " + version;
    }
}
