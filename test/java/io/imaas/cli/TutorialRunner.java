package io.imaas.cli;

import io.imaas.cli.settings.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs lines of a shell in one process, whose working folder the lines are meant for: those of {@code imaas} by its
 * command line, every other one by bash. Ends with the first line that does not end as it says.
 */
public final class TutorialRunner {
    private static final String CODE = "# exit code ";

    private static final String EXPORT = "export ";
    private static final String UNSET = "unset ";

    private final List<String> assignments = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>(System.getenv());

    private TutorialRunner() {}

    /** @param arguments a file with the lines */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        TutorialRunner runner = new TutorialRunner();
        for (String line : Files.readAllLines(Path.of(arguments[0]))) {
            System.out.println("$ " + line);
            int wanted = line.contains(CODE)
                    ? Integer.parseInt(
                            line.substring(line.indexOf(CODE) + CODE.length()).strip())
                    : 0;
            int code = runner.run(line);
            if (code != wanted) {
                System.out.println("ended with " + code + " and not with " + wanted);
                System.exit(1);
            }
        }
        System.exit(0);
    }

    private int run(String line) throws IOException, InterruptedException {
        if (line.matches("[a-z]+=\\$\\(imaas .*\\)")) {
            return answer(
                    line.substring(0, line.indexOf('=')), line.substring(line.indexOf('(') + 1, line.length() - 1));
        }
        if (line.matches("[a-z]+=.*")) {
            assignments.add(line);
            return 0;
        }
        if (line.startsWith(EXPORT)) {
            String name = line.substring(EXPORT.length(), line.indexOf('='));
            Process echo = bash("echo " + line.substring(line.indexOf('=') + 1)).start();
            environment.put(name, new String(echo.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
            return echo.waitFor();
        }
        if (line.startsWith(UNSET)) {
            environment.remove(line.substring(UNSET.length()).strip());
            return 0;
        }
        if (!line.startsWith("imaas ")) {
            Process bash = bash(line).inheritIO().start();
            return bash.waitFor();
        }
        boolean background = line.endsWith("&");
        String[] words = words(background ? line.substring(0, line.length() - 1) : line);
        Settings settings = Settings.of(environment, Path.of(System.getProperty("user.home")), Path.of(""));
        if (!background) {
            return Main.commandLine(settings, Main.needed(words)).execute(words);
        }
        Thread thread =
                new Thread(() -> Main.commandLine(settings, Main.needed(words)).execute(words));
        thread.setDaemon(true);
        thread.start();
        // It says when it serves; whatever asks it retries.
        return 0;
    }

    /** Keeps what a command prints. */
    private int answer(String name, String command) throws IOException {
        String[] words = words(command);
        StringWriter out = new StringWriter();
        int code = Main.commandLine(
                        Settings.of(environment, Path.of(System.getProperty("user.home")), Path.of("")),
                        Main.needed(words))
                .setOut(new PrintWriter(out))
                .execute(words);
        assignments.add(name + "='" + out.toString().strip() + "'");
        return code;
    }

    /** The line's arguments as the shell reads them. */
    private String[] words(String line) throws IOException {
        Process bash =
                bash("printf '%s\\n' " + line.substring("imaas ".length())).start();
        String text = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return text.lines().toArray(String[]::new);
    }

    private ProcessBuilder bash(String line) {
        return new ProcessBuilder("bash", "-c", String.join("\n", assignments) + "\n" + line);
    }
}
