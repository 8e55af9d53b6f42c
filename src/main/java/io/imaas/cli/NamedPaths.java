package io.imaas.cli;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import io.imaas.model.failure.Spelling.Correction;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Options that name a folder or a file, whether given or filled in: what stands there already is of that kind.
 *
 * @param arguments the whole line, so that the answer can be the line as it should be
 */
record NamedPaths(CommandSpec command, List<String> arguments) {
    /** @throws FailureException INPUT when a file stands where a folder is needed, or a folder where a file is */
    void check() {
        for (OptionSpec option : command.options()) {
            path(option).ifPresent(path -> check(option, path));
        }
    }

    private static Optional<Path> path(OptionSpec option) {
        Object value = option.getValue();
        boolean named = option.paramLabel().equals("DIR") || option.paramLabel().equals("FILE");
        try {
            return named && value != null && !value.toString().isEmpty()
                    ? Optional.of(Path.of(value.toString()))
                    : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private void check(OptionSpec option, Path path) {
        Path whole = path.toAbsolutePath().normalize();
        if (option.paramLabel().equals("FILE")) {
            if (Files.isDirectory(whole)) {
                throw FailureException.input(
                        option.longestName() + ": this is a folder, and a file is needed",
                        path.toString(),
                        "name a file in it");
            }
            return;
        }
        Path there = whole;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there)) {
            Path folder = there.getParent();
            throw FailureException.input(
                    option.longestName() + ": " + Reason.noFolder(true),
                    there.toString(),
                    Pasted.corrected(command, arguments, new Correction(path.toString(), folder.toString()))
                            .orElse("name a folder, such as " + option.longestName() + " " + Pasted.of(folder)));
        }
    }
}
