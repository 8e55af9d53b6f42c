package io.imaas.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The person's browser.
 *
 * @param environment may name it by {@code BROWSER}
 */
public record Browser(Map<String, String> environment) {
    /** Opens an address; where no browser is, nothing happens. */
    public void open(String address) {
        List<String> programs = Stream.of(environment.get("BROWSER"), "xdg-open", "open")
                .filter(program -> program != null && !program.isBlank())
                .toList();
        for (String program : programs) {
            try {
                new ProcessBuilder(program, address)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                return;
            } catch (IOException e) {
                // There is no such program here: the next one.
            }
        }
    }

    /** Whether one can be here: not in a session of SSH, and not on a Linux without a screen. */
    boolean isHere() {
        if (!environment.getOrDefault("BROWSER", "").isBlank()) {
            return true;
        }
        boolean screen = environment.containsKey("DISPLAY") || environment.containsKey("WAYLAND_DISPLAY");
        return !environment.containsKey("SSH_CONNECTION")
                && (screen || !System.getProperty("os.name").equals("Linux"));
    }
}
