package io.imaas.adapter.forge.gitea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.adapter.forge.Forges;
import io.imaas.adapter.forge.http.ForgeLogin;
import io.imaas.model.failure.Effect.Kind;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.failure.Location;
import io.imaas.model.failure.Problem;
import io.imaas.model.identity.Secret;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.BranchProtection;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.ForgeRight;
import io.imaas.model.source.GitHosts;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.port.Clock;
import io.imaas.port.LineComments.Found;
import io.imaas.port.PullRequests;
import io.imaas.port.PullRequests.Deployment;
import io.imaas.port.PullRequests.PullRequest;
import io.imaas.port.PullRequests.State;
import io.imaas.port.RepositorySetup;
import io.imaas.testing.RealServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Gitea: {@code IMAAS_REAL_GITEA} has its address, {@code IMAAS_REAL_GITEA_TOKEN} an administrator's token. */
@Tag("real")
class RealGiteaTest {
    private final String server = RealServer.variable("IMAAS_REAL_GITEA");
    private final String admin = RealServer.variable("IMAAS_REAL_GITEA_TOKEN");
    private static final BranchName DEV = new BranchName("dev");
    private static final BranchName CHANGE = new BranchName("imaas/to-dev/x");

    @TempDir
    private Path temp;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Forges forges = new Forges(new RealTime());
    private String user;
    private String name;
    private RepositorySetup setup;
    private PullRequests pulls;

    @BeforeEach
    void connect() throws Exception {
        user = call("GET", "/user", "", admin).replaceAll("(?s).*\"login\":\"([^\"]+)\".*", "$1");
        name = "forge-test-" + System.nanoTime();
        ForgeLogin login = login(admin);
        setup = forges.setup(url(), login, true).orElseThrow();
        pulls = forges.pullRequests(url(), login).orElseThrow();
    }

    @AfterEach
    void remove() throws Exception {
        call("DELETE", "/repos/" + user + "/" + name, "", admin);
        forges.close();
    }

    @Test
    void aPullRequestGoesFromTheFirstPushToTheMerge() throws Exception {
        assertThat(setup.create("made by a test").kind()).isEqualTo(Kind.CREATED);
        assertThat(setup.create("made by a test").kind()).isEqualTo(Kind.UNCHANGED);
        CommitId head = push();

        // The very moment after the first push, of which Gitea may not know yet.
        PullRequest opened = pulls.open(CHANGE, DEV, "Promote", "words");
        assertThat(opened.head()).isEqualTo(head);
        assertThat(pulls.open(CHANGE, DEV, "Promote", "other words")).isEqualTo(opened);

        pulls.status(head, "imaas/check", State.SUCCESS, "all good", "https://ci.example.org/1");
        pulls.status(head, "imaas/check", State.SUCCESS, "all good", "https://ci.example.org/1");
        assertThat(count(call("GET", repository("/statuses/" + head), "", admin), "imaas/check"))
                .isEqualTo(1);
        pulls.deployed(new Deployment(head, "orders/dev/api", State.SUCCESS, "live", ""));

        pulls.comment(opened.number(), "imaas plan", "first");
        pulls.comment(opened.number(), "imaas plan", "x\n".repeat(50_000));
        pulls.comment(opened.number(), "imaas plan", "second");
        assertThat(count(call("GET", repository("/issues/" + opened.number() + "/comments"), "", admin), "imaas plan"))
                .isEqualTo(1);
        List<Found> found = List.of(
                new Found(Problem.error("rule", new Location("a", 1, 1), "words", ""), "words of a finding"),
                new Found(Problem.error("rule", new Location("b", 1, 1), "words", ""), "not in the change"));
        String reviews = repository("/pulls/" + opened.number() + "/reviews");
        for (int round = 0; round < 2; round++) {
            assertThat(pulls.annotate(opened.number(), head, "imaas/check", found))
                    .isEqualTo(1);
            assertThat(count(call("GET", reviews, "", admin), "imaas/check line"))
                    .isEqualTo(1);
        }
        pulls.annotate(opened.number(), head, "imaas/check", List.of());
        assertThat(call("GET", reviews, "", admin)).doesNotContain("imaas/check line");
        assertThat(pulls.reviews(opened.number())).isEmpty();

        assertFailure(
                () -> pulls.mergeWhenAllowed(opened.number(), new CommitId("1".repeat(40))), FailureKind.CONFLICT);
        CommitId merged = pulls.mergeWhenAllowed(opened.number(), head).orElseThrow();
        assertThat(pulls.mergeWhenAllowed(opened.number(), head)).contains(merged);
        assertThat(pulls.mergedAs(merged)).contains(new PullRequests.Merge(opened.number(), head, user));
        assertThat(pulls.mergedAs(head)).as("a commit of the pull request").isEmpty();
        assertThat(pulls.find(opened.number()).orElseThrow().open()).isFalse();
        assertThat(pulls.find(99)).isEmpty();
    }

    @Test
    void whatARuleHoldsBackIsMergedByTheServerLater() throws Exception {
        setup.create("made by a test");
        CommitId head = push();
        setup.protect(BranchProtection.reviewed("dev", 0, List.of("imaas/check")));
        PullRequest opened = pulls.open(CHANGE, DEV, "Promote", "words");

        assertThat(pulls.mergeWhenAllowed(opened.number(), head)).isEmpty();
        pulls.status(head, "imaas/check", State.SUCCESS, "all good", "");
        for (int i = 0; i < 40 && pulls.find(opened.number()).orElseThrow().mergeCommit() == null; i++) {
            Thread.sleep(250);
        }
        assertThat(pulls.find(opened.number()).orElseThrow().mergeCommit()).isNotNull();
    }

    @Test
    void protectionHoldsForBranchesToCome() throws Exception {
        setup.create("made by a test");
        push();
        BranchProtection rendered = BranchProtection.orchestratorAlone("rendered/*");
        BranchProtection prod = BranchProtection.reviewed("prod", 2, List.of("imaas/check"));
        assertThat(setup.gaps(rendered)).containsExactly("there is no rule for it");
        for (BranchProtection wanted : List.of(rendered, prod)) {
            assertThat(setup.protect(wanted).kind()).isEqualTo(Kind.CREATED);
            assertThat(setup.protect(wanted).kind()).isEqualTo(Kind.UNCHANGED);
            assertThat(setup.gaps(wanted)).isEmpty();
        }
        assertThat(setup.protect(BranchProtection.reviewed("prod", 3, List.of()))
                        .kind())
                .isEqualTo(Kind.UPDATED);
        assertThat(call("GET", repository("/branch_protections/rendered%2F*"), "", admin))
                .contains("\"push_whitelist_usernames\":[\"" + user + "\"]", "\"enable_force_push\":false");

        RepositorySetup dry = forges.setup(url(), login(admin), false).orElseThrow();
        assertThat(dry.protect(BranchProtection.orchestratorAlone("imaas/records"))
                        .kind())
                .isEqualTo(Kind.CREATED);
        assertThat(setup.gaps(BranchProtection.orchestratorAlone("imaas/records")))
                .isNotEmpty();
    }

    @Test
    void whatARuleLeavesOpenBesideItsPeopleIsToldAndClosed() throws Exception {
        setup.create("made by a test");
        push();
        BranchProtection rendered = BranchProtection.orchestratorAlone("rendered/*");
        BranchProtection prod = BranchProtection.reviewed("prod", 2, List.of());
        setup.protect(rendered);
        setup.protect(prod);
        for (String opened : List.of(
                "{\"unprotected_file_patterns\":\"**\"}",
                "{\"enable_push\":true,\"enable_push_whitelist\":true,\"push_whitelist_deploy_keys\":true}",
                "{\"push_whitelist_usernames\":[]}")) {
            call("PATCH", repository("/branch_protections/rendered%2F*"), opened, admin);
            RepositorySetup fresh = forges.setup(url(), login(admin), true).orElseThrow();
            assertThat(fresh.gaps(rendered)).as(opened).containsExactly("others than the orchestrator may push");
            assertThat(fresh.protect(rendered).kind()).isEqualTo(Kind.UPDATED);
            assertThat(fresh.gaps(rendered)).as(opened).isEmpty();
        }
        call("PATCH", repository("/branch_protections/prod"), "{\"dismiss_stale_approvals\":false}", admin);
        RepositorySetup fresh = forges.setup(url(), login(admin), true).orElseThrow();
        assertThat(fresh.gaps(prod)).containsExactly("approvals of older commits count");
        assertThat(fresh.protect(prod).kind()).isEqualTo(Kind.UPDATED);
        assertThat(fresh.gaps(prod)).isEmpty();
    }

    @Test
    void aWebhookIsSetOnce() throws Exception {
        setup.create("made by a test");
        URI target = URI.create("https://imaas.example.org/webhooks/gitea");
        assertThat(setup.webhook(target, new Secret("s3cret")).kind()).isEqualTo(Kind.CREATED);
        assertThat(setup.webhook(target, new Secret("s3cret")).kind()).isEqualTo(Kind.UNCHANGED);
        assertThat(setup.webhook(target, new Secret("another")).kind()).isEqualTo(Kind.UPDATED);
        assertThat(setup.webhook(target, new Secret("another")).kind()).isEqualTo(Kind.UNCHANGED);
        assertThat(count(call("GET", repository("/hooks"), "", admin), "\"type\":\"gitea\""))
                .isEqualTo(1);
    }

    @Test
    void whatWasMadeAMomentAgoIsDeleted() throws Exception {
        setup.create("made by a test");
        assertThat(setup.branches()).isEmpty();
        push();
        assertThat(setup.branches()).containsExactlyInAnyOrder(DEV.value(), CHANGE.value());
        assertThat(setup.remove().kind()).isEqualTo(Kind.DELETED);
        assertThat(setup.branches()).isEmpty();
        assertThat(setup.create("made again").kind()).isEqualTo(Kind.CREATED);
    }

    @Test
    void rightsAreWhatTheServerSays() throws Exception {
        setup.create("made by a test");
        assertThat(setup.rights())
                .allSatisfy(
                        right -> assertThat(right.held()).as(right.toString()).isTrue());

        String reading = token("[\"read:repository\",\"read:issue\",\"read:user\"]");
        List<ForgeRight> held =
                forges.setup(url(), login(reading), true).orElseThrow().rights();
        assertThat(held).noneMatch(ForgeRight::held);
        assertThat(held.get(0).advice()).contains("write:repository, at " + server + "/user/settings/applications");
        RepositorySetup other = forges.setup(
                        new RepositoryUrl(server + "/" + user + "/" + name + "-b.git"), login(reading), true)
                .orElseThrow();
        assertThatThrownBy(() -> other.create("made by a test"))
                .hasMessageContaining("the repository can't be made")
                .hasMessageContaining("write:user, and write:repository");
        assertFailure(
                () -> forges.pullRequests(url(), login(reading)).orElseThrow().open(CHANGE, DEV, "a", "b"),
                FailureKind.POLICY);
        assertFailure(
                () -> forges.pullRequests(url(), login("wrong")).orElseThrow().find(1), FailureKind.POLICY);
    }

    private CommitId push() throws Exception {
        Path folder = temp.resolve("work");
        try (Git git =
                Git.init().setDirectory(folder.toFile()).setInitialBranch("dev").call()) {
            Files.writeString(folder.resolve("a"), "1");
            git.add().addFilepattern("a").call();
            git.commit().setMessage("one").setSign(false).call();
            git.checkout().setCreateBranch(true).setName(CHANGE.value()).call();
            Files.writeString(folder.resolve("a"), "2");
            CommitId head = new CommitId(git.commit()
                    .setAll(true)
                    .setMessage("two")
                    .setSign(false)
                    .call()
                    .name());
            git.push()
                    .setRemote(url().value())
                    .setRefSpecs(new RefSpec("refs/heads/*:refs/heads/*"))
                    .setCredentialsProvider(new UsernamePasswordCredentialsProvider(user, admin))
                    .call();
            return head;
        }
    }

    /** A token with these scopes; only a password makes one. */
    private String token(String scopes) throws Exception {
        String basic = Base64.getEncoder()
                .encodeToString(
                        (user + ":" + System.getenv("IMAAS_REAL_GITEA_PASSWORD")).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create(server + "/api/v1/users/" + user + "/tokens"))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"" + name + "\",\"scopes\":" + scopes + "}"))
                .build();
        return http.send(request, BodyHandlers.ofString()).body().replaceAll("(?s).*\"sha1\":\"([^\"]+)\".*", "$1");
    }

    private String call(String method, String path, String body, String token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server + "/api/v1" + path))
                .header("Authorization", "token " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    private String repository(String path) {
        return "/repos/" + user + "/" + name + path;
    }

    private RepositoryUrl url() {
        return new RepositoryUrl(server + "/" + user + "/" + name + ".git");
    }

    private ForgeLogin login(String token) {
        return new ForgeLogin(secret -> Optional.of(new Secret(token)), "git", GitHosts.only(List.of(server)));
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    private static void assertFailure(ThrowingCallable call, FailureKind kind) {
        assertThatThrownBy(call).isInstanceOfSatisfying(FailureException.class, problem -> assertThat(
                        problem.failure().kind())
                .isEqualTo(kind));
    }

    private static final class RealTime implements Clock {
        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public void pause(Duration duration) throws InterruptedException {
            Thread.sleep(duration.toMillis());
        }
    }
}
