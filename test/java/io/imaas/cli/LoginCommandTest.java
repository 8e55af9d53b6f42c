package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.adapter.keyring.KeptLogins;
import io.imaas.adapter.oci.HttpImageRegistry;
import io.imaas.app.assembly.Logins;
import io.imaas.cli.settings.Settings;
import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.model.image.ImageRepository;
import io.imaas.port.RegistryLogins.Login;
import io.imaas.testing.RealRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code imaas login} at a registry with users, and where the password is afterwards. */
class LoginCommandTest {
    @RegisterExtension
    static final RealRegistry REGISTRY = new RealRegistry().withLogin();

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private Path programs;

    @BeforeEach
    void home() throws IOException {
        programs = Files.createDirectories(folder.resolve("bin"));
        environment.put("HOME", folder.toString());
        environment.put("PATH", programs.toString());
    }

    private CommandLineRun run(String input, String... arguments) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            return CommandLineRun.of(Settings.of(environment, folder, folder), arguments);
        } finally {
            System.setIn(before);
        }
    }

    private CommandLineRun login(String password) {
        return run(password + "\n", "login", REGISTRY.address(), "--user", RealRegistry.USER, "--password-stdin");
    }

    private void push() {
        new HttpImageRegistry(Logins.toRegistries(environment))
                .checkWritable(ImageRepository.parse(REGISTRY.address() + "/orders/api"));
    }

    /** A program of this name that keeps one secret in a file, as the real one is spoken to. */
    private void keyring(String name) throws IOException {
        String vault = folder.resolve("vault").toString();
        String script = name.startsWith("docker-credential-")
                ? "case $1 in store) cat > VAULT;; get) cat > /dev/null; cat VAULT;; erase) cat > /dev/null; rm VAULT;; esac"
                : name.equals("pass")
                        ? "case $1 in insert) cat > VAULT;; show) cat VAULT;; rm) rm VAULT;; esac"
                        : name.equals("security")
                                ? "case $1 in -i) read c u s imaas a b w secret && [ \"$c\" = add-generic-password ] || exit 2;"
                                        + " printf '%s\\n' \"$secret\" > VAULT;; find-generic-password) cat VAULT;;"
                                        + " delete-generic-password) rm VAULT;; *) exit 2;; esac"
                                : "case $1 in store) cat > VAULT;; lookup) cat VAULT;; clear) rm VAULT;; esac";
        Path program = Files.writeString(
                programs.resolve(name), "#!/bin/sh\nPATH=/usr/bin:/bin\n" + script.replace("VAULT", vault) + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void withoutAKeyringTheOwnersFileHasItAndPushesNeedNothingMore() throws IOException {
        assertThatThrownBy(this::push).isInstanceOf(FailureException.class).hasMessageContaining("imaas login");
        CommandLineRun done = login(RealRegistry.PASSWORD);
        assertThat(done.exitCode()).as(done.err()).isZero();
        Path file = folder.resolve(".config/imaas/logins.json");
        assertThat(done.out()).contains(file.toString(), "which only you can read", "no keyring works here");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        push();

        assertThat(run("", "logout", REGISTRY.address()).out()).contains("Logged out");
        assertThat(Files.readString(file)).doesNotContain(RealRegistry.PASSWORD);
        assertThat(run("", "logout", REGISTRY.address()).exitCode()).isEqualTo(3);
        assertThatThrownBy(this::push).isInstanceOf(FailureException.class);
    }

    @ParameterizedTest
    @CsvSource({"true, did not keep it: try docker-credential-mine list", "false, is not on the PATH"})
    void aHelperThatDockerNamesAndThatDoesNotKeepItIsTold(boolean there, String told) throws IOException {
        if (there) {
            keyring("docker-credential-mine");
            Files.createDirectory(folder.resolve("vault"));
        }
        Files.createDirectories(folder.resolve(".docker"));
        Files.writeString(folder.resolve(".docker/config.json"), "{\"credsStore\":\"mine\"}");
        assertThat(login(RealRegistry.PASSWORD).out())
                .contains(
                        "which only you can read",
                        "; docker-credential-mine, which Docker's configuration names, " + told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker-credential-pass", "security", "secret-tool", "pass"})
    void aKeyringKeepsItAndTheFileOnlySaysWhich(String name) throws IOException {
        keyring(name);
        assertThat(login(RealRegistry.PASSWORD).out()).contains("kept in " + name + "\n");
        assertThat(folder.resolve(".config/imaas/logins.json"))
                .content()
                .contains(name)
                .doesNotContain(RealRegistry.PASSWORD);
        push();
        Files.delete(programs.resolve(name));
        assertThatThrownBy(this::push).hasMessageContaining("the login is in " + name + ", which does not give it");
        keyring(name);
        assertThat(run("", "logout", REGISTRY.address()).exitCode()).isZero();
        assertThat(folder.resolve("vault")).doesNotExist();
    }

    /** Git itself, with a helper that keeps one login of one host. */
    @Test
    void aCredentialHelperOfGitKeepsItUnderAHostOfItsOwn() throws IOException {
        Files.createSymbolicLink(programs.resolve("git"), Path.of("/usr/bin/git"));
        assertThat(login(RealRegistry.PASSWORD).out()).as("Git has no helper").contains("which only you can read");
        Path vault = folder.resolve("vault");
        Path helper = Files.writeString(
                folder.resolve("helper"),
                "#!/bin/sh\nPATH=/usr/bin:/bin\ncase $1 in store) cat > VAULT;; get) cat VAULT;; erase) rm VAULT;; esac\n"
                        .replace("VAULT", vault.toString()));
        Files.setPosixFilePermissions(helper, PosixFilePermissions.fromString("rwx------"));
        Path settings = Files.writeString(folder.resolve(".gitconfig"), "[credential]\n\thelper = " + helper + "\n");
        environment.put("GIT_CONFIG_GLOBAL", settings.toString());

        assertThat(login(RealRegistry.PASSWORD).out()).contains("kept in git\n");
        assertThat(vault)
                .content()
                .contains(
                        "host=" + REGISTRY.address().replace(":", "-") + ".imaas.invalid",
                        "username=" + RealRegistry.USER,
                        "password=" + RealRegistry.PASSWORD);
        assertThat(folder.resolve(".config/imaas/logins.json")).content().doesNotContain(RealRegistry.PASSWORD);
        push();
        assertThat(run("", "logout", REGISTRY.address()).exitCode()).isZero();
        assertThat(vault).doesNotExist();

        Files.writeString(folder.resolve(".gitconfig"), "[credential]\n\thelper = cache --timeout=9\n");
        assertThat(login(RealRegistry.PASSWORD).out()).contains("which only you can read");
    }

    @Test
    void whatIsTooLongForAKeyringIsKeptElsewhere() throws IOException {
        keyring("security");
        KeptLogins logins = KeptLogins.of(environment).orElseThrow();
        assertThat(logins.store("https://imaas.example", new Login("token", new Secret("x".repeat(4000)))))
                .contains("which only you can read");
        assertThat(logins.store("https://imaas.example", new Login("token", new Secret("ä\"'\\ x"))))
                .isEqualTo("in security");
        assertThat(logins.find("https://imaas.example").orElseThrow().password().reveal())
                .isEqualTo("ä\"'\\ x");
    }

    @Test
    void theHelperOfDockersConfigurationComesFirstAndOneThatFailsIsPassedOver() throws IOException {
        keyring("docker-credential-pass");
        keyring("docker-credential-ours");
        Files.createDirectories(folder.resolve(".docker"));
        Files.writeString(folder.resolve(".docker/config.json"), "{\"credsStore\": \"ours\"}");
        assertThat(login(RealRegistry.PASSWORD).out()).contains("kept in docker-credential-ours");
        Files.writeString(programs.resolve("docker-credential-ours"), "#!/bin/sh\nexit 1\n");
        assertThat(login(RealRegistry.PASSWORD).out()).contains("kept in docker-credential-pass");
    }

    @Test
    void whatTheRegistryRefusesIsNotKept() throws IOException {
        CommandLineRun refused = login("wrong");
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.err())
                .contains("does not accept this user and password")
                .doesNotContain("wrong");
        assertThat(folder.resolve(".config/imaas/logins.json")).doesNotExist();
        try (LoopbackRegistry open = LoopbackRegistry.start(Files.createDirectory(folder.resolve("layout")), 0)) {
            assertThat(run("x", "login", open.address(), "--user", "ann", "--password-stdin")
                            .err())
                    .contains("asks nobody to log in");
        }
        assertThat(folder.resolve(".config/imaas/logins.json")).doesNotExist();
    }

    @Test
    void mistakesAreToldBeforeAnybodyIsAsked() throws IOException {
        assertThat(run("", "login").err()).contains("nothing says where to log in");
        assertThat(run("", "login", "registry.example/acme", "--user", "a").err())
                .contains("neither a server's URL nor a registry's host");
        assertThat(run("", "login", "http://imaas.example", "--token-stdin").err())
                .contains("not reached by https");
        assertThat(run("", "login", "https://imaas.example", "--user", "ann").err())
                .contains("are for a registry");
        assertThat(run("", "login", REGISTRY.address(), "--token-stdin").err()).contains("are for a server");
        assertThat(login("").err()).contains("standard input holds no password");
        assertThat(login("two\nlines").err()).contains("standard input holds no password");
        assertThat(run("x", "login", REGISTRY.address(), "--password-stdin").exitCode())
                .isEqualTo(2);
        environment.remove("HOME");
        assertThat(login(RealRegistry.PASSWORD).err()).contains("export HOME");
        environment.put("HOME", folder.toString());
        Files.createDirectories(folder.resolve(".config/imaas"));
        Files.writeString(folder.resolve(".config/imaas/logins.json"), "{\"a\": \"secret");
        assertThat(login(RealRegistry.PASSWORD).err())
                .contains("the logins can't be read", "logins.json")
                .doesNotContain("secret");
    }
}
