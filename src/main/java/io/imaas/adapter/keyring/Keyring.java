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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A program that keeps secrets: a credential helper of Docker, {@code secret-tool} (GNOME, KDE), or {@code pass}. Secrets go
 * to it by its standard input, since everybody on the machine sees arguments.
 *
 * @param program its file
 * @param environment what it runs with
 */
record Keyring(String name, Path program, Map<String, String> environment) {
    static final String DOCKER = "docker-credential-";
    private static final String SECRET_TOOL = "secret-tool";
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Somebody may have to unlock it. */
    private static final long PATIENCE_SECONDS = 120;

    private static final int LONGEST = 1 << 16;

    /** Those that are used where Docker's configuration names none, the first that works. */
    static List<String> usual() {
        return List.of(
                DOCKER + "osxkeychain",
                DOCKER + "wincred",
                DOCKER + "secretservice",
                DOCKER + "pass",
                SECRET_TOOL,
                "pass");
    }

    /** Whether it took the login and gives it back. */
    boolean keeps(String address, Login login) {
        boolean taken = name.startsWith(DOCKER)
                ? run(
                                JSON.createObjectNode()
                                        .put("ServerURL", address)
                                        .put("Username", login.user())
                                        .put("Secret", login.password().reveal())
                                        .toString(),
                                "store")
                        .isPresent()
                : name.equals(SECRET_TOOL)
                        ? run(login.password().reveal(), "store", "--label=imaas " + address, "imaas", address)
                                .isPresent()
                        : run(login.password().reveal() + "\n", "insert", "--multiline", "--force", entry(address))
                                .isPresent();
        return taken && find(address).filter(login.password()::equals).isPresent();
    }

    Optional<Secret> find(String address) {
        if (name.startsWith(DOCKER)) {
            return run(address, "get").flatMap(Keyring::secret);
        }
        Optional<String> found =
                name.equals(SECRET_TOOL) ? run("", "lookup", "imaas", address) : run("", "show", entry(address));
        return found.map(text -> text.replaceFirst("\n$", ""))
                .filter(text -> !text.isEmpty())
                .map(Secret::new);
    }

    void remove(String address) {
        Optional<String> unused = name.startsWith(DOCKER)
                ? run(address, "erase")
                : name.equals(SECRET_TOOL)
                        ? run("", "clear", "imaas", address)
                        : run("", "rm", "--force", entry(address));
    }

    private static Optional<Secret> secret(String json) {
        try {
            JsonNode secret = JSON.readTree(json).path("Secret");
            return secret.isTextual() ? Optional.of(new Secret(secret.asText())) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Where {@code pass} has it. */
    private static String entry(String address) {
        return "imaas/" + address.replaceAll("[^A-Za-z0-9.:_-]+", "_");
    }

    /** What it printed; empty when it failed, or nobody unlocked it. */
    private Optional<String> run(String input, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
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
