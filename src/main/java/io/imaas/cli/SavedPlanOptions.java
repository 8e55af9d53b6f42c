package io.imaas.cli;

import io.imaas.app.Imaas;
import io.imaas.app.IntendedPlan;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code --save}: keeps a plan for {@code imaas apply}, which carries it out where the world is still the same. */
final class SavedPlanOptions {
    private static final String SAVE = "--save";

    @Option(
            names = SAVE,
            paramLabel = "FILE",
            description = "save the plan to this file and change nothing; 'imaas apply FILE' carries it out")
    private Path file;

    @Option(
            names = "--expect",
            paramLabel = "BASIS",
            description = "refuse the plan if its basis is not this one ('basis' of a saved plan)")
    private String expected;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /**
     * Saves the plan where that was asked for.
     *
     * @return whether it was: then nothing is to be done
     * @throws FailureException CONFLICT when the world is not the expected one
     */
    boolean handled(Imaas imaas, IntendedPlan plan) {
        if (file == null && expected == null) {
            return false;
        }
        String basis = imaas.basis(plan);
        if (expected != null && !expected.equals(basis)) {
            throw FailureException.conflict(
                    "something changed since the plan was saved: the request, the platform's files, or what the environments"
                            + " have of these services",
                    "",
                    "look again: " + Pasted.imaas(command()) + " --dry-run");
        }
        if (file == null) {
            return false;
        }
        new SavedPlan(SavedPlan.FORMAT, command(), basis, plan.plan()).write(file);
        spec.commandLine().getErr().println("The plan is saved. To carry it out: imaas apply " + Pasted.of(file));
        return true;
    }

    /** The words of this command that make the same plan again. */
    private List<String> command() {
        ParseResult parsed = spec.commandLine().getParseResult();
        parsed.matchedOptions().stream()
                .filter(option -> option.type() == Secret.class && file != null)
                .findFirst()
                .ifPresent(secret -> {
                    throw new ParameterException(
                            spec.commandLine(),
                            secret.longestName() + " would stand in the file: give it as an environment variable");
                });
        List<String> words =
                new ArrayList<>(spec.root().commandLine().getParseResult().originalArgs());
        drop(words, SAVE, true);
        drop(words, "--expect", true);
        drop(words, "--dry-run", false);
        return words;
    }

    private static void drop(List<String> words, String option, boolean hasValue) {
        words.removeIf(word -> word.startsWith(option + "="));
        int at = words.indexOf(option);
        if (at >= 0) {
            words.subList(at, Math.min(words.size(), at + (hasValue ? 2 : 1))).clear();
        }
    }
}
