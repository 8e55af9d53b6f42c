package io.imaas.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.imaas.adapter.dsse.DsseStatements;
import io.imaas.adapter.dsse.KeyFile;
import io.imaas.cli.Main;
import io.imaas.cli.doctor.CheckResult.Status;
import io.imaas.cli.settings.Settings;
import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.model.identity.SigningKey;
import io.imaas.model.record.ListedKey;
import io.imaas.model.record.Trust;
import io.imaas.model.source.ForgeRight;
import io.imaas.port.Clock;
import io.imaas.port.Processes;
import io.imaas.port.RepositorySetup;
import io.imaas.testing.Loopback;
import io.imaas.testing.ManualClock;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
    @TempDir
    private Path folder;

    private final Map<String, String> answers = new TreeMap<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private HttpServer server;

    /** Answers a path with {@code status body}; what it was not told is 404, and a wrong token 401. */
    @BeforeEach
    void serve() throws IOException {
        server = Loopback.http();
        server.createContext("/", exchange -> {
            String token = exchange.getRequestHeaders().getFirst("Authorization");
            String answer = token != null && token.endsWith("wrong")
                    ? "401 {}"
                    : answers.getOrDefault(exchange.getRequestURI().toString(), "404 {}");
            byte[] body = answer.substring(4).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(Integer.parseInt(answer.substring(0, 3)), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private URI address() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    private static CheckResult look(Supplier<CheckResult> check) {
        return new Examination(Duration.ofSeconds(30))
                .of(List.of(new Check("it", check)))
                .get(0);
    }

    private static CheckResult program(String output, int code) {
        Processes fake = (command, lines) -> {
            output.lines().forEach(lines);
            return code;
        };
        return look(new ProgramCheck(List.of("mvn", "--version"), "3.8.6", true, fake));
    }

    @Test
    void aProgramMustBeThereAndNewEnough() {
        assertThat(program("Apache Maven 3.9.11 (3e54c93)", 0).status()).isEqualTo(Status.OK);
        assertThat(program("Apache Maven 3.8.6", 0).status()).isEqualTo(Status.OK);
        assertThat(program("Apache Maven 3.10", 0).status()).isEqualTo(Status.OK);
        assertThat(program("Apache Maven 3.8.5", 0).status()).isEqualTo(Status.FAIL);
        assertThat(program("The JAVA_HOME environment variable is not defined correctly", 1)
                        .found())
                .contains("JAVA_HOME");
        Processes absent = (command, lines) -> {
            throw FailureException.input("cannot start the program 'mvn'", "", "install Apache Maven");
        };
        CheckResult result = look(new ProgramCheck(List.of("mvn"), "3.8.6", true, absent));
        assertThat(result)
                .isEqualTo(CheckResult.fail("cannot start the program 'mvn'", "install Apache Maven")
                        .of("it"));
    }

    @Test
    void aCheckThatHangsOrBreaksDoesNotStopTheOthers() {
        Check hanging = new Check("hanging", () -> {
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return CheckResult.ok("");
        });
        Check broken = new Check("broken", () -> {
            throw new IllegalStateException("oops");
        });
        Check sound = new Check("sound", () -> CheckResult.ok("yes"));

        assertThat(new Examination(Duration.ofSeconds(1)).of(List.of(hanging, broken, sound)))
                .extracting(CheckResult::status)
                .containsExactly(Status.FAIL, Status.FAIL, Status.OK);
    }

    @Test
    void aFolderMustBeWritable() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThat(look(new FolderCheck(folder)).status()).isNotEqualTo(Status.SKIPPED);
        assertThat(look(new FolderCheck(folder.resolve("not/yet/there"))).found())
                .contains("can be written");
        assertThat(look(new FolderCheck(file.resolve("x"))).status()).isEqualTo(Status.FAIL);
        assertThat(folder).isDirectoryContaining(path -> path.equals(file)).isDirectoryNotContaining("glob:**doctor*");
    }

    @Test
    void argoCdMustKnowTheTokenAndAllowTheWork() {
        // As Argo CD 3.5 answers: about one application of a project, and "no" to whoever asks about all of them.
        for (String action : List.of("get", "sync", "create", "update", "delete")) {
            answers.put("/api/v1/account/can-i/applications/" + action + "/orders-dev/any", "200 {\"value\":\"yes\"}");
            answers.put("/api/v1/account/can-i/applications/" + action + "/*", "200 {\"value\":\"no\"}");
        }
        for (String right : List.of(
                "projects/get/orders-dev",
                "projects/update/orders-dev",
                "projects/delete/orders-dev",
                "logs/get/orders-dev/any",
                "clusters/update/*",
                "repositories/update/*")) {
            answers.put("/api/v1/account/can-i/" + right, "200 {\"value\":\"yes\"}");
        }
        answers.put("/api/v1/account/can-i/projects/create/orders-dev", "200 {\"value\":\"no\"}");
        answers.put("/api/v1/session/userinfo", "200 {\"loggedIn\":true,\"username\":\"imaas\"}");

        CheckResult result =
                look(new ArgoCdCheck(new ArgoCdServer(address(), new Secret("good"), new Web()), "orders-dev"));
        assertThat(result.status()).isEqualTo(Status.WARN);
        assertThat(result.found())
                .contains("imaas")
                .contains("projects create")
                .doesNotContain("applications", "projects get");
        assertThat(look(new ArgoCdCheck(new ArgoCdServer(address(), new Secret("wrong"), new Web()), "orders-dev"))
                        .found())
                .contains("refuses the token");
        assertThat(look(new ArgoCdCheck(new ArgoCdServer(address(), null, new Web()), "orders-dev"))
                        .found())
                .contains("there is no token");
        answers.put("/api/v1/session/userinfo", "200 <html>");
        assertThat(look(new ArgoCdCheck(new ArgoCdServer(address(), new Secret("good"), new Web()), "orders-dev"))
                        .found())
                .contains("not Argo CD");
    }

    @Test
    void aTokenWithoutTheDocumentedRightsAndOpenBranchesAreFound() {
        ForgeRight held = new ForgeRight("pull requests", true, "write:repository", "https://git.example.org/tokens");
        ForgeRight lacking = new ForgeRight("comments", false, "write:issue", "https://git.example.org/tokens");
        List<String> open = List.of("others than the orchestrator may push");

        assertThat(forge(List.of(held), List.of()).status()).isEqualTo(Status.OK);
        assertThat(forge(List.of(held, lacking), List.of()).found())
                .isEqualTo("our token lacks comments (write:issue, at https://git.example.org/tokens)");
        assertThat(forge(List.of(held), open).found()).contains("rendered/*: others", "imaas/records: others");
        assertThat(forge(List.of(lacking), open).status()).isEqualTo(Status.FAIL);
        assertThat(look(new ForgeCheck(Optional::empty)).status()).isEqualTo(Status.SKIPPED);
    }

    private static CheckResult forge(List<ForgeRight> rights, List<String> gaps) {
        RepositorySetup setup = (RepositorySetup) Proxy.newProxyInstance(
                RepositorySetup.class.getClassLoader(),
                new Class<?>[] {RepositorySetup.class},
                (proxy, method, arguments) -> method.getName().equals("rights") ? rights : gaps);
        return look(new ForgeCheck(() -> Optional.of(setup)));
    }

    @Test
    void aClockThatIsFarOffIsFound() {
        answers.put("/", "200 ");

        assertThat(look(new ClockCheck(address(), new Web(), ahead(0))).status())
                .isEqualTo(Status.OK);
        assertThat(look(new ClockCheck(address(), new Web(), ahead(90))).status())
                .isEqualTo(Status.WARN);
        CheckResult behind = look(new ClockCheck(address(), new Web(), ahead(-3600)));
        assertThat(behind.status()).isEqualTo(Status.FAIL);
        assertThat(behind.found()).contains("behind localhost");
    }

    private static Clock ahead(long seconds) {
        return new Clock() {
            @Override
            public Instant now() {
                return Instant.now().plusSeconds(seconds);
            }

            @Override
            public void pause(Duration duration) {
                throw new UnsupportedOperationException();
            }
        };
    }

    @Test
    void whatIsNoAddressIsTheUsersToFix() {
        Check check = new Check("Network", () -> {
            new Web().get(URI.create("nonsense"), "", null);
            return CheckResult.ok("");
        });
        assertThat(new Examination(Duration.ofSeconds(30)).of(List.of(check)))
                .containsExactly(CheckResult.fail(
                                "'nonsense' is not an address",
                                "write the whole URL, such as https://repo.example.org/")
                        .of("Network"));
    }

    @Test
    void anAnswerWithoutAnEndIsGivenUp() {
        byte[] bytes = new byte[1 << 16];
        server.createContext("/flood", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                while (true) {
                    out.write(bytes);
                }
            } catch (IOException theOtherHadEnough) {
                exchange.close();
            }
        });

        assertThatThrownBy(() -> new Web().get(address().resolve("/flood"), "", null))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("longer than 1048576 bytes");
    }

    private int doctor(String... arguments) {
        return Main.commandLine(Settings.of(Map.of(), folder, folder))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true))
                .execute(
                        Stream.concat(Stream.of("doctor"), Stream.of(arguments)).toArray(String[]::new));
    }

    private Map<String, Status> statuses() throws IOException {
        Map<String, Status> found = new TreeMap<>();
        new ObjectMapper()
                .readTree(out.toString())
                .path("checks")
                .forEach(check -> found.put(
                        check.path("name").asText(),
                        Status.valueOf(check.path("status").asText())));
        return found;
    }

    @Test
    void whatIsNotNamedIsNotLookedAtAndSaysHowToNameIt() throws IOException {
        doctor("--workdir", folder.toString(), "--format", "json");

        assertThat(statuses())
                .containsEntry("Registry", Status.SKIPPED)
                .containsEntry("GitOps repository", Status.SKIPPED)
                .containsEntry("Argo CD", Status.SKIPPED)
                .containsEntry("Cluster", Status.SKIPPED)
                .containsKeys("Git", "Maven", "JDK", "Working folder", "Temporary folder");
        assertThat(out.toString()).contains("--registry HOST/PATH");
    }

    @Test
    void aRegistryAndAGitRepositoryAreTried() throws Exception {
        try (Git git = Git.init()
                        .setBare(true)
                        .setDirectory(folder.resolve("a.git").toFile())
                        .call();
                LoopbackRegistry registry = LoopbackRegistry.start(folder.resolve("registry"), 0)) {
            assertThat(git.getRepository().isBare()).isTrue();
            doctor("--format", "json", "--registry", registry.address() + "/imaas", "--gitops", folder + "/a.git");
        }

        assertThat(statuses()).containsEntry("Registry", Status.OK).containsEntry("GitOps repository a", Status.WARN);
    }

    @Test
    void theServersTokensAreReadAsItWillReadThem() throws IOException {
        Path tokens = folder.resolve("tokens.yaml");
        String entry = "{name: '@ann', sha256: " + "a".repeat(64) + ", may: [promote], expires: ";
        Files.writeString(tokens, "tokens: [" + entry + "2020-01-01}]\n");
        Files.setPosixFilePermissions(tokens, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(doctor("--tokens", tokens.toString())).isZero();
        assertThat(out.toString()).contains("warn  Tokens: expired in " + tokens + ": @ann");
        Files.writeString(tokens, "tokens: [" + entry + "2999-01-01}]\n");
        assertThat(doctor("--tokens", tokens.toString())).isZero();
        assertThat(out.toString()).contains("ok    Tokens: 1 tokens in " + tokens);
        Files.setPosixFilePermissions(tokens, PosixFilePermissions.fromString("rw-rw----"));
        assertThat(doctor("--tokens", tokens.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("others may write " + tokens, "chmod go-w " + tokens);
        Files.writeString(tokens, "tokens: [{name: '@ann', sha: x}]\n");
        assertThat(doctor("--tokens", tokens.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("the key 'sha' is unknown", "tokens[0].sha");
    }

    @Test
    void whatWillFailIsSaidAndDecidesTheExitCode() {
        int code =
                doctor("--registry", "localhost:1/imaas", "--gitops", folder + "/nowhere.git", "--kubernetes", "nope");

        assertThat(code).isEqualTo(1);
        assertThat(out.toString())
                .contains("fail  Registry: ")
                .contains("fail  GitOps repository nowhere: ")
                .contains("fail  Cluster: kubeconfig: ")
                .contains("of these will fail.");
    }

    @Test
    void whatTheKeySignsIsVerifiedWithWhatThePlatformPublishes() throws IOException {
        DsseStatements ours = new DsseStatements(new KeyFile(folder.resolve("ours")));
        DsseStatements others = new DsseStatements(new KeyFile(folder.resolve("others")));
        Instant now = Instant.parse("2026-06-01T00:00:00Z");

        assertThat(signing(ours, Trust.NONE).found()).isEqualTo("there is no key yet");
        SigningKey key = ours.ownKey();
        assertThat(signing(ours, Trust.NONE).status()).isEqualTo(Status.WARN);
        assertThat(signing(ours, new Trust(List.of(ListedKey.always(key)), List.of()))
                        .status())
                .isEqualTo(Status.OK);
        CheckResult foreign = signing(ours, new Trust(List.of(ListedKey.always(others.ownKey())), List.of()));
        assertThat(foreign.status()).isEqualTo(Status.WARN);
        assertThat(foreign.fix()).contains("orchestrators", key.text());
        CheckResult rotatedOut =
                signing(ours, new Trust(List.of(new ListedKey(key, null, now.minusSeconds(1), null)), List.of()));
        assertThat(rotatedOut.found()).contains("which counts");
    }

    private static CheckResult signing(DsseStatements statements, Trust trust) {
        return new SigningCheck(statements, trust, new ManualClock("2026-06-01T00:00:00Z")).get();
    }

    @Test
    void aBrokenPlatformIsToldWithItsPlaces() throws IOException {
        Files.writeString(folder.resolve("platform.yaml"), "platform: x\nregistry: y\n");

        assertThat(doctor("--platform", folder.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("fail  Platform: ").contains("platform.yaml:2:1");
    }
}
