package io.imaas.adapter.helm;

import io.imaas.model.failure.Location;
import io.imaas.model.failure.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines such as {@code [WARNING] templates/x.yaml: message} as problems. */
final class LintMessages {
    private static final Pattern LINE = Pattern.compile("(?s)\\[(INFO|WARNING|ERROR)] ([^:]*): (.*)");

    private LintMessages() {}

    static List<Problem> problems(List<String> messages, String folder) {
        List<Problem> problems = new ArrayList<>();
        for (String message : messages) {
            Matcher line = LINE.matcher(message.strip());
            if (line.matches()) {
                String file = line.group(2).isEmpty() ? folder : folder + "/" + line.group(2);
                problems.add(new Problem(
                        Problem.Severity.valueOf(line.group(1)),
                        "helm-lint",
                        Location.of(file),
                        line.group(3).strip(),
                        ""));
            }
        }
        return problems;
    }
}
