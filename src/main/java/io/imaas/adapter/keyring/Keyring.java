package io.imaas.adapter.keyring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.imaas.model.identity.Secret;
import io.imaas.port.RegistryLogins.Login;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A program that keeps secrets: a credential helper of Docker, {@code security} (macOS), {@code secret-tool} (GNOME, KDE),
 * {@code pass}, or {@code git} with a credential helper. Secrets go to it by its standard input, since everybody on the machine
 * sees arguments.
 *
 * @param program its file
 * @param environment what it runs with
 */
record Keyring(String name, Path program, Map<String, String> environment) {
    static final String DOCKER = "docker-credential-";
    private static final String MACOS = "security";
    private static final String SECRET_TOOL = "secret-tool";
    private static final String PASS = "pass";
    private static final String GIT = "git";
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Somebody may have to unlock it. */
    private static final long PATIENCE_SECONDS = 120;

    private static final int LONGEST = 1 << 16;
    /** What {@code security} reads of one line. */
    private static final int LONGEST_OF_MACOS = 4096;

    /** Those that are used where Docker's configuration names none, the first that works. */
    static List<String> usual() {
        return List.of(
                DOCKER + "osxkeychain",
                MACOS,
                DOCKER + "wincred",
                DOCKER + "secretservice",
                DOCKER + "pass",
                SECRET_TOOL,
                PASS,
                GIT);
    }

    /** Whether it took the login and gives it back. */
    boolean keeps(String address, Login login) {
        return taken(address, login)
                && find(address).filter(login.password()::equals).isPresent();
    }

    private boolean taken(String address, Login login) {
        String secret = login.password().reveal();
        return switch (kind()) {
            case MACOS -> {
                String line =
                        "add-generic-password -U -s imaas -a " + encoded(address) + " -w " + encoded(secret) + "\n";
                yield line.length() <= LONGEST_OF_MACOS && run(line, "-i").isPresent();
            }
            case SECRET_TOOL ->
                run(secret, "store", "--label=imaas " + address, "imaas", address)
                        .isPresent();
            case PASS ->
                run(secret + "\n", "insert", "--multiline", "--force", entry(address))
                        .isPresent();
            case GIT ->
                helpsGit()
                        && run(
                                        git(address) + "username=" + login.user() + "\npassword=" + secret + "\n",
                                        "credential",
                                        "approve")
                                .isPresent();
            default ->
                run(
                                JSON.createObjectNode()
                                        .put("ServerURL", address)
                                        .put("Username", login.user())
                                        .put("Secret", secret)
                                        .toString(),
                                "store")
                        .isPresent();
        };
    }

    Optional<Secret> find(String address) {
        Optional<String> found =
                switch (kind()) {
                    case MACOS ->
                        run("", "find-generic-password", "-s", "imaas", "-a", encoded(address), "-w")
                                .flatMap(Keyring::decoded);
                    case SECRET_TOOL -> run("", "lookup", "imaas", address);
                    case PASS -> run("", "show", entry(address));
                    case GIT -> run(git(address), "credential", "fill").flatMap(Keyring::password);
                    default -> run(address, "get").flatMap(Keyring::secret);
                };
        return found.map(text -> text.replaceFirst("\n$", ""))
                .filter(text -> !text.isEmpty())
                .map(Secret::new);
    }

    void remove(String address) {
        Optional<String> unused =
                switch (kind()) {
                    case MACOS -> run("", "delete-generic-password", "-s", "imaas", "-a", encoded(address));
                    case SECRET_TOOL -> run("", "clear", "imaas", address);
                    case PASS -> run("", "rm", "--force", entry(address));
                    case GIT -> run(git(address), "credential", "reject");
                    default -> run(address, "erase");
                };
    }

    private String kind() {
        return name.startsWith(DOCKER) ? DOCKER : name;
    }

    private static Optional<String> secret(String json) {
        try {
            JsonNode secret = JSON.readTree(json).path("Secret");
            return secret.isTextual() ? Optional.of(secret.asText()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Where {@code pass} has it. */
    private static String entry(String address) {
        return "imaas/" + address.replaceAll("[^A-Za-z0-9.:_-]+", "_");
    }

    /** {@code security} would need quotes, and prints what is not ASCII in another way than it was given. */
    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<String> decoded(String text) {
        try {
            return Optional.of(new String(Base64.getDecoder().decode(text.strip()), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A host that is nobody's: Git's own password of the same server must neither be read nor replaced. */
    private static String git(String address) {
        return "protocol=https\nhost=" + address.replaceAll("[^A-Za-z0-9.-]+", "-") + ".imaas.invalid\n";
    }

    /** Whether Git has a helper that keeps more than the file does that there is without one, and for longer. */
    private boolean helpsGit() {
        return run("", "config", "--get-all", "credential.helper").stream()
                .flatMap(String::lines)
                .anyMatch(helper -> !helper.isBlank() && !helper.matches("(cache|store)( .*)?"));
    }

    private static Optional<String> password(String answer) {
        return answer.lines()
                .filter(line -> line.startsWith("password="))
                .map(line -> line.substring("password=".length()))
                .findFirst();
    }

    /** What it printed; empty when it failed, or nobody unlocked it. */
    private Optional<String> run(String input, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        // Where a helper of Git has nothing, nobody is asked for it.
        builder.environment().putAll(Map.of("GIT_TERMINAL_PROMPT", "0", "GIT_ASKPASS", "", "GCM_INTERACTIVE", "never"));
        try {
            Process process = builder.start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // It reads nothing; what it answers tells.
            }
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            byte[] output = process.getInputStream().readNBytes(LONGEST);
            return process.exitValue() == 0
                    ? Optional.of(new String(output, StandardCharsets.UTF_8))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
