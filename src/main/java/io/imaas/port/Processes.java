package io.imaas.port;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

public interface Processes {
    /**
     * Runs a program to its end.
     *
     * @param output gets each line of standard output and standard error as it comes
     * @return the exit code
     * @throws io.imaas.model.failure.FailureException INPUT when there is no such program, EXTERNAL when it took too long (it is
     *     then ended with all its children)
     */
    int run(Command command, Consumer<String> output);

    /**
     * A program with its arguments; no shell is involved.
     *
     * @param environment added to the environment of this process without its keys and logins
     */
    record Command(List<String> arguments, Path directory, Map<String, String> environment, Duration timeout) {
        public Command {
            arguments = List.copyOf(arguments);
            environment = Map.copyOf(environment);
        }
    }
}
