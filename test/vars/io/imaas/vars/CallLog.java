package io.imaas.vars;

import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The calls of a run as people read them: one a line, indented by the block that they are in. */
final class CallLog {
    private final StringBuilder text = new StringBuilder();
    private int depth;

    void line(String call) {
        text.append("  ".repeat(depth)).append(call).append('\n');
    }

    <T> T within(String call, Supplier<T> body) {
        line(call);
        depth++;
        try {
            return body.get();
        } finally {
            depth--;
        }
    }

    /** {@code imaasBuild id: 1/build}. */
    static String shown(String step, Map<?, ?> arguments) {
        return (step + " "
                        + arguments.entrySet().stream()
                                .filter(e -> e.getValue() != null)
                                .map(e -> e.getKey() + ": " + e.getValue())
                                .collect(Collectors.joining(", ")))
                .strip();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
