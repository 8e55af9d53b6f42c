package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.imaas.server.Sender;
import io.imaas.testing.Await;
import io.imaas.testing.Git;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server writes for programs that collect logs. */
class ServerLogTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @TempDir
    Path folder;

    private List<String> lines() throws IOException {
        return Files.readAllLines(folder.resolve("err.txt"));
    }

    @Test
    void everyLineIsJsonWithItsTraceAndNoneHasASecret() throws Exception {
        Git.in(folder).run("init", "-q", "--bare", "-b", "main", "platform.git");
        Git.in(folder).run("clone", "-q", folder.resolve("platform.git").toString(), "platform");
        Git work = Git.in(folder.resolve("platform"));
        Files.writeString(
                folder.resolve("platform/platform.yaml"), "platform: acme\nregistries: [registry.example.org/imaas]\n");
        work.run("add", "-A");
        work.run("-c", "user.name=ann", "-c", "user.email=ann@example.org", "commit", "-q", "-m", "Begin");
        work.run("push", "-q", "origin", "HEAD:main");
        String url = "file://" + folder.resolve("platform.git");
        ServeProcess server = ServeProcess.start(
                folder,
                "serve",
                "--platform",
                url,
                "--data",
                folder.resolve("data").toString(),
                "--key",
                folder.resolve("key").toString(),
                "--git-token",
                "token-of-the-tests",
                "--log",
                "json");
        try {
            String push = Sender.push("https://git.example.org/x.git", "dev");
            Map<String, String> headers = Map.of(
                    "X-GitHub-Event",
                    "push",
                    "X-GitHub-Delivery",
                    "d1",
                    "X-Hub-Signature-256",
                    "sha256=" + Sender.signature(push),
                    "traceparent",
                    "00-" + TRACE + "-00f067aa0ba902b7-01");
            assertThat(server.sender().post("github", push, headers).statusCode())
                    .isEqualTo(202);
            // Its files are broken from now on, which the server says of itself.
            Files.writeString(folder.resolve("platform/platform.yaml"), "platform: [\n");
            work.run("-c", "user.name=ann", "-c", "user.email=ann@example.org", "commit", "-q", "-am", "Break");
            work.run("push", "-q", "origin", "HEAD:main");
            server.sender().gitHub("d2", Sender.push(url, "main"));
            Await.until(() -> lines().stream().anyMatch(line -> line.contains("could not be read")));
        } finally {
            server.kill();
        }
        ObjectMapper mapper = new ObjectMapper();
        for (String line : lines()) {
            JsonNode json = mapper.readTree(line);
            assertThat(json.path("time").asText()).as(line).isNotEmpty();
            assertThat(json.path("level").asText()).as(line).isIn("info", "warn");
            assertThat(json.path("message").asText()).as(line).isNotEmpty();
            assertThat(line).doesNotContain(Sender.SECRET, "token-of-the-tests", Sender.signature("x"));
        }
        JsonNode kept = mapper.readTree(lines().stream()
                .filter(line -> line.contains("x.git"))
                .findFirst()
                .orElseThrow());
        assertThat(kept.path("type").asText()).isEqualTo("branch.pushed");
        assertThat(kept.path("trace_id").asText()).isEqualTo(TRACE);
        assertThat(kept.path("branch").asText()).isEqualTo("dev");
    }
}
