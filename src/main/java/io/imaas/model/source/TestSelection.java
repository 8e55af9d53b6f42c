package io.imaas.model.source;

import java.io.Serializable;
import java.util.List;

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
                        .anyMatch(one -> Wildcard.matches(one, file)
                                || Wildcard.matches(one, name)
                                || Wildcard.matches(one, name.replaceFirst("\\.xml$", "")));
    }

    public boolean takesCase(String name) {
        return cases.isEmpty() || cases.stream().anyMatch(one -> Wildcard.matches(one, name));
    }
}
