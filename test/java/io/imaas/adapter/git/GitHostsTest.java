package io.imaas.adapter.git;

import static io.imaas.adapter.git.GitFixture.DEV;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.Secret;
import io.imaas.model.source.GitHosts;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.testing.Loopback;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jgit.transport.URIish;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No byte and no credential goes to a server that was not meant. */
class GitHostsTest {
    private static final GitHosts NAMED = GitHosts.only(List.of("Git.Example.org", "git.example.org:8443"));

    @TempDir
    private Path temp;

    private final List<String> logins = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://git.example.org/a/b.git",
                "https://GIT.example.org:8443/a/b.git",
                "ssh://git@git.example.org/a/b.git",
                "git@git.example.org:a/b.git"
            })
    void theNamedHostsAreSpokenToOverHttpsAndSsh(String url) throws Exception {
        new Peer(new URIish(url)).check(NAMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/a.git",
                "https://git.example.org.evil.example/a.git",
                "http://git.example.org/a.git",
                "git://git.example.org/a.git",
                "ftp://git.example.org/a.git",
                "git@evil.example:a/b.git",
                "https://bot@git.example.org/a.git",
                "https://bot:secret@git.example.org/a.git",
                "ssh://alice@git.example.org/a.git",
                "file:///etc/repo.git",
                "/etc/repo.git"
            })
    void nothingElseIs(String url) {
        assertThatThrownBy(() -> new Peer(new URIish(url)).check(NAMED))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        problem -> assertThat(problem.failure().kind()).isEqualTo(FailureKind.POLICY));
    }

    @Test
    void aMistypedProtocolIsTheUsersMistake() {
        assertThatThrownBy(() -> new Peer(new URIish("htps://git.example.org/a.git")).check(NAMED))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        problem -> assertThat(problem.failure().kind()).isEqualTo(FailureKind.INPUT))
                .hasMessageContaining("did you mean 'https'?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"git://x.example/a.git", "sftp://x.example/a.git", "amazon-s3://x/a.git"})
    void protocolsThatProveNothingAreNeverSpoken(String url) {
        assertThatThrownBy(() -> new Peer(new URIish(url)).check(GitHosts.any()))
                .isInstanceOf(FailureException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "https://bot@git.example.org/a/b.git?token=x#y,https://git.example.org/a/b.git",
        "ssh://git@git.example.org/a/b.git,ssh://git@git.example.org/a/b.git",
        "git@git.example.org:a/b.git,git@git.example.org:a/b.git",
        "/srv/a b.git,/srv/a b.git"
    })
    void onlyHostAndPathAreShown(String url, String shown) {
        assertThat(new RepositoryUrl(url)).hasToString(shown);
    }

    @Test
    void aTokenIsNotSentInPlainText() throws Exception {
        HttpServer evil = recording("");
        try {
            fails(url(evil), GitHosts.any());
            assertThat(logins).isNotEmpty().containsOnly("none");
            logins.clear();
            fails(url(evil), new GitHosts(Set.of("http://" + place(evil)), false));
            assertThat(logins).contains("some");
        } finally {
            evil.stop(0);
        }
    }

    @Test
    void aTokenStaysBehindWhereTheServerLeadsElsewhere() throws Exception {
        HttpServer other = recording("");
        HttpServer known = recording(url(other));
        try {
            fails(url(known), new GitHosts(Set.of("http://" + place(known), "http://" + place(other)), false));
            assertThat(logins).contains("some", "none");
            assertThat(logins.subList(logins.lastIndexOf("some") + 1, logins.size()))
                    .as("what the other server saw")
                    .isNotEmpty()
                    .containsOnly("none");

            logins.clear();
            assertThatThrownBy(() -> head(url(known), new GitHosts(Set.of("http://" + place(known)), false)))
                    .hasMessageContaining("plain http is not allowed");
            assertThat(logins).as("the other server hears nothing").containsExactly("none", "some");
        } finally {
            known.stop(0);
            other.stop(0);
        }
    }

    @Test
    @Timeout(180)
    void aServerThatDribblesIsLeftAfterTheTimeForTheWholeExchange() throws Exception {
        HttpServer slow = Loopback.http();
        slow.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/x-git-upload-pack-advertisement");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody()
                    .write("001e# service=git-upload-pack\n0000ffff"
                            .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            try {
                while (true) {
                    exchange.getResponseBody().write('x');
                    exchange.getResponseBody().flush();
                    Thread.sleep(50);
                }
            } catch (IOException | InterruptedException gone) {
                exchange.close();
            }
        });
        slow.start();
        GitSettings settings = GitFixture.settings(temp.resolve("cache"))
                .within(Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ZERO);
        try (GitRepositories repositories = new GitRepositories(settings)) {
            assertThatThrownBy(
                            () -> repositories.at(new RepositoryUrl(url(slow))).head(DEV))
                    .hasMessageContaining("takes too long");
        } finally {
            slow.stop(0);
        }
    }

    private void fails(String url, GitHosts hosts) {
        assertThatThrownBy(() -> head(url, hosts)).isInstanceOf(FailureException.class);
    }

    private void head(String url, GitHosts hosts) {
        GitAccess access = GitAccess.token(name -> Optional.of(new Secret("made-up-token")), "git");
        GitSettings settings = GitSettings.of(temp.resolve("cache"), access, new GitFixture.HastyClock())
                .speakingTo(hosts);
        try (GitRepositories repositories = new GitRepositories(settings)) {
            repositories.at(new RepositoryUrl(url)).head(DEV);
        }
    }

    /** Wants a login, and then either leads elsewhere or has nothing. */
    private HttpServer recording(String elsewhere) throws IOException {
        HttpServer server = Loopback.http();
        server.createContext("/", exchange -> {
            boolean login = exchange.getRequestHeaders().containsKey("Authorization");
            logins.add(login ? "some" : "none");
            if (!login) {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"git\"");
                exchange.sendResponseHeaders(401, -1);
            } else if (elsewhere.isEmpty()) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                String asked = exchange.getRequestURI().toString();
                exchange.getResponseHeaders().add("Location", elsewhere + asked.substring(asked.indexOf("/info")));
                exchange.sendResponseHeaders(302, -1);
            }
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String url(HttpServer server) {
        return "http://" + place(server) + "/x.git";
    }

    private static String place(HttpServer server) {
        return "127.0.0.1:" + server.getAddress().getPort();
    }
}
