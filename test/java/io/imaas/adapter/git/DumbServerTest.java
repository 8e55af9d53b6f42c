package io.imaas.adapter.git;

import static io.imaas.adapter.git.GitFixture.DEV;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.port.GitRepository;
import io.imaas.testing.Git;
import io.imaas.testing.Loopback;
import io.imaas.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Git host that also serves a tenant's files as they are, so that a tenant can lay out a repository of its own making. */
class DumbServerTest {
    @TempDir
    private Path folder;

    private final List<String> asked = new CopyOnWriteArrayList<>();

    @Test
    void filesThatLookLikeARepositoryBorrowNothingFromAnotherTenants() throws Exception {
        Git.in(folder).run("init", "-q", "-b", "dev", "payments");
        Git victim = Git.in(folder.resolve("payments"));
        Files.writeString(folder.resolve("payments/secret.txt"), "theirs");
        victim.run("add", "-A");
        victim.run("-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-q", "-m", "Theirs");
        String commit = victim.run("rev-parse", "HEAD").strip();
        Path fake = Files.createDirectories(folder.resolve("mallory/raw/fake.git"));
        Files.createDirectories(fake.resolve("info"));
        Files.createDirectories(fake.resolve("objects/info"));
        Files.writeString(fake.resolve("info/refs"), commit + "\trefs/heads/dev\n");
        Files.writeString(fake.resolve("HEAD"), "ref: refs/heads/dev\n");
        Files.writeString(fake.resolve("objects/info/http-alternates"), "/payments/.git/objects\n");
        HttpServer server = Loopback.http();
        server.createContext("/", this::answer);
        server.start();
        try (GitRepositories repositories = new GitRepositories(GitSettings.of(
                folder.resolve("cache"), GitAccess.anonymous(), new ManualClock("2026-11-20T10:00:00Z")))) {
            GitRepository repository = repositories.at(
                    new RepositoryUrl("http://127.0.0.1:" + server.getAddress().getPort() + "/mallory/raw/fake.git"));

            assertThatThrownBy(() -> repository.readText(repository.head(DEV).orElseThrow(), List.of("secret.txt")))
                    .isInstanceOfSatisfying(
                            FailureException.class,
                            problem -> assertThat(problem.failure().kind()).isEqualTo(FailureKind.POLICY))
                    .hasMessageContaining("files that look like a repository");
        } finally {
            server.stop(0);
        }
        assertThat(asked).isNotEmpty().noneMatch(path -> path.contains("payments"));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.add(path);
        Path file = folder.resolve(path.substring(1));
        byte[] body = Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
        exchange.sendResponseHeaders(Files.isRegularFile(file) ? 200 : 404, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
