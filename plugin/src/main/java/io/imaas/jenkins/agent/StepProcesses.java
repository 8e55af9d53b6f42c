package io.imaas.jenkins.agent;

import io.imaas.adapter.process.LocalProcesses;
import io.imaas.port.Processes;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Programs of the agent, in the environment of the Pipeline step: what {@code withEnv} and {@code tools} say holds for
 * them too, first of all the {@code PATH} on which they are found.
 */
record StepProcesses(Map<String, String> environment) implements Processes {
    @Override
    public int run(Command command, Consumer<String> output) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(command.environment());
        List<String> arguments = new ArrayList<>(command.arguments());
        arguments.set(0, found(arguments.get(0)));
        return new LocalProcesses().run(new Command(arguments, command.directory(), all, command.timeout()), output);
    }

    private String found(String program) {
        if (program.contains(File.separator)) {
            return program;
        }
        return Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse(program);
    }
}
