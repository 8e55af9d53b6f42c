package io.imaas.cli.doctor;

import io.imaas.model.failure.FailureException;
import io.imaas.port.Processes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a program is there and new enough.
 *
 * @param command prints a line with the program's version first of all numbers
 * @param least the oldest version that works
 * @param needed whether a run fails without it
 */
record ProgramCheck(List<String> command, String least, boolean needed, Processes processes)
        implements Supplier<CheckResult> {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Pattern VERSION = Pattern.compile("(\\d+(?:\\.\\d+)+)");

    ProgramCheck {
        command = List.copyOf(command);
    }

    @Override
    public CheckResult get() {
        StringBuilder output = new StringBuilder();
        int code;
        try {
            code = processes.run(
                    new Processes.Command(command, Path.of("."), Map.of(), TIMEOUT),
                    line -> output.append(line).append('\n'));
        } catch (FailureException e) {
            return bad(e.failure().what(), e.failure().suggestion());
        }
        Matcher version = VERSION.matcher(output);
        if (code != 0 || !version.find()) {
            return bad(
                    String.join(" ", command) + " ended with exit code " + code + ": " + firstLine(output),
                    "run it by hand and fix what it says");
        }
        return compare(version.group(1), least) >= 0
                ? CheckResult.ok("version " + version.group(1))
                : bad("version " + version.group(1) + " is too old", "install version " + least + " or newer");
    }

    private CheckResult bad(String found, String fix) {
        return needed ? CheckResult.fail(found, fix) : CheckResult.warn(found, fix);
    }

    private static String firstLine(StringBuilder output) {
        return output.toString().lines().findFirst().orElse("(it said nothing)");
    }

    /** Numbers part by part; what is missing counts as 0. */
    static int compare(String a, String b) {
        int[] left = parts(a);
        int[] right = parts(b);
        int length = Math.max(left.length, right.length);
        return Arrays.compare(Arrays.copyOf(left, length), Arrays.copyOf(right, length));
    }

    private static int[] parts(String version) {
        return Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
    }
}
