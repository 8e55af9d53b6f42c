package io.imaas.model.source;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which unit tests to run. Patterns are whole names in which {@code *} stands for anything; no pattern means all.
 *
 * @param suites a suite's path below the project's folder, or its file name with or without {@code .xml}
 * @param cases names of cases
 */
public record TestSelection(List<String> suites, List<String> cases) implements Serializable {
    public static final TestSelection ALL = new TestSelection(List.of(), List.of());

    public TestSelection {
        suites = List.copyOf(suites);
        cases = List.copyOf(cases);
    }

    public boolean takesSuite(String file) {
        String name = file.substring(file.lastIndexOf('/') + 1);
        return suites.isEmpty()
                || suites.stream()
                        .map(TestSelection::pattern)
                        .anyMatch(p -> p.matcher(file).matches()
                                || p.matcher(name).matches()
                                || p.matcher(name.replaceFirst("\\.xml$", "")).matches());
    }

    public boolean takesCase(String name) {
        return cases.isEmpty()
                || cases.stream().anyMatch(one -> pattern(one).matcher(name).matches());
    }

    private static Pattern pattern(String written) {
        return Pattern.compile(
                Arrays.stream(written.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
                Pattern.DOTALL);
    }
}
