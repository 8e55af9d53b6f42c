package io.imaas.cli;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import io.imaas.model.failure.Spelling.Correction;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Options and arguments that name a folder or a file, whether given or filled in: what stands there already is of that kind.
 *
 * @param arguments the whole line, so that the answer can be the line as it should be
 */
record NamedPaths(CommandSpec command, List<String> arguments) {
    /** @throws FailureException INPUT when a file stands where a folder is needed, or a folder where a file is */
    void check() {
        for (ArgSpec argument : command.args()) {
            path(argument).ifPresent(path -> check(argument, path));
        }
    }

    private static Optional<Path> path(ArgSpec argument) {
        Object value = argument.getValue();
        boolean named =
                argument.paramLabel().equals("DIR") || argument.paramLabel().equals("FILE");
        try {
            return named && value != null && !value.toString().isEmpty()
                    ? Optional.of(Path.of(value.toString()))
                    : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private void check(ArgSpec argument, Path path) {
        String name = argument instanceof OptionSpec option ? option.longestName() : "";
        Path whole = path.toAbsolutePath().normalize();
        if (argument.paramLabel().equals("FILE")) {
            if (Files.isDirectory(whole)) {
                throw FailureException.input(
                        before(name) + "this is a folder, and a file is needed", path.toString(), "name a file in it");
            }
            return;
        }
        Path there = whole;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there)) {
            Path folder = name.isEmpty() ? project(there) : there.getParent();
            throw FailureException.input(
                    before(name) + Reason.noFolder(true),
                    there.toString(),
                    Pasted.corrected(command, arguments, new Correction(path.toString(), folder.toString()))
                            .orElse("name a folder, such as " + (name + " " + Pasted.of(folder)).strip()));
        }
    }

    private static String before(String name) {
        return name.isEmpty() ? "" : name + ": ";
    }

    /** The project or the platform that a file is in, else the file's folder. */
    private static Path project(Path file) {
        Path folder = file.getParent();
        while (folder != null
                && !Files.exists(folder.resolve("pom.xml"))
                && !Files.exists(folder.resolve("platform.yaml"))) {
            folder = folder.getParent();
        }
        return folder == null ? file.getParent() : folder;
    }
}
