package io.imaas.step.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.git.GitAccess;
import io.imaas.adapter.git.GitRepositories;
import io.imaas.adapter.git.GitSettings;
import io.imaas.model.identity.GitWriter;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.rollout.Release;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Offboarding;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Service.ServiceType;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Stop;
import io.imaas.plan.snapshot.Authors;
import io.imaas.plan.snapshot.EnvironmentState;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.testing.Git;
import io.imaas.testing.ManualClock;
import io.imaas.testing.TestKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real repositories: one of sources, and a tenant's. */
class AuthorsObserverTest {
    private static final ServiceName API = new ServiceName("api");
    private static final String VALUES = "services/api/values.yaml";

    @TempDir
    Path folder;

    private GitRepositories repositories;
    private Git sources;
    private Git gitops;

    @BeforeEach
    void begin() throws Exception {
        sources = repository("sources");
        gitops = repository("gitops");
        repositories = new GitRepositories(TestKey.signed(GitSettings.of(
                folder.resolve("cache"), GitAccess.anonymous(), new ManualClock("2026-11-20T10:00:00Z"))));
    }

    @AfterEach
    void end() {
        repositories.close();
    }

    private Git repository(String name) throws Exception {
        Git.in(folder).run("init", "-q", "-b", "dev", name);
        return Git.in(folder.resolve(name));
    }

    /** Who is written as {@code author/committer}. */
    private CommitId commit(Git where, String who, String file, String text, String... more) throws Exception {
        Path path = where.folder().resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        where.run("add", "-A");
        String committer = who.substring(who.indexOf('/') + 1);
        String author = who.contains("/") ? who.substring(0, who.indexOf('/')) : who;
        // The orchestrator signs.
        boolean signs = who.equals("imaas") && TestKey.statements().ownKey() != null;
        where.run(
                "-c",
                "gpg.format=ssh",
                "-c",
                "user.signingkey=" + TestKey.file(),
                "-c",
                "commit.gpgsign=" + signs,
                "-c",
                "user.name=" + committer,
                "-c",
                "user.email=" + committer + "@example.org",
                "commit",
                "-q",
                "--author=" + author + " <" + author + "@example.org>",
                "-m",
                "Change\n\n" + String.join("\n", more));
        return new CommitId(where.run("rev-parse", "HEAD").strip());
    }

    private static Release release(String version, CommitId source) {
        String digit = version.substring(0, 1);
        return new Release(
                API,
                version,
                source,
                null,
                new ImageRef(
                        ImageRepository.parse("registry.example.org/api"), new Digest("sha256:" + digit.repeat(64))));
    }

    private Service service() {
        return new Service(
                API,
                url("sources"),
                ServiceType.WORKER,
                List.of(new EnvironmentName("dev"), new EnvironmentName("test"), new EnvironmentName("prod")),
                Stop.NONE,
                Offboarding.NONE,
                List.of(),
                List.of(),
                List.of(),
                "");
    }

    private RepositoryUrl url(String name) {
        return new RepositoryUrl(folder.resolve(name).toUri().toString());
    }

    private Authors promoted(Release runs, String values, Release comes) {
        ServiceState now = new ServiceState(API, runs, null, null, "x", values);
        return new AuthorsObserver(
                        repositories.at(url("gitops")), service -> repositories.at(service.repository()), true)
                .promoted(
                        service(),
                        comes,
                        new EnvironmentState(
                                new EnvironmentName("prod"), null, null, runs == null ? List.of() : List.of(now)));
    }

    private static List<String> names(List<GitWriter> writers) {
        return writers.stream().map(GitWriter::toString).toList();
    }

    @Test
    void allCommitsOfTheSourcesSinceWhatRunsCountWithTheirCommittersAndCoAuthors() throws Exception {
        CommitId old = commit(sources, "old", "a", "1");
        commit(sources, "ann/carl", "a", "2");
        CommitId now = commit(sources, "bob", "a", "3", "Co-authored-by: Eve <eve@example.org>");

        Authors found = promoted(release("1.0", old), null, release("2.0", now));
        assertThat(found.problem()).isEmpty();
        assertThat(names(found.wrote()))
                .containsExactly("bob <bob@example.org>", "Eve <eve@example.org>", "ann <ann@example.org>");
        assertThat(names(found.committed())).containsExactly("bob <bob@example.org>", "carl <carl@example.org>");
    }

    @Test
    void whereNothingRunsOrWhatRunsWasRewrittenAllCommitsCount() throws Exception {
        commit(sources, "old", "a", "1");
        CommitId now = commit(sources, "ann", "a", "2");
        List<String> all = List.of("ann <ann@example.org>", "old <old@example.org>");
        assertThat(names(promoted(null, null, release("2.0", now)).wrote())).isEqualTo(all);
        Release gone = release("1.0", new CommitId("d".repeat(40)));
        assertThat(names(promoted(gone, null, release("2.0", now)).wrote())).isEqualTo(all);
    }

    @Test
    void theValuesOfEnvironmentsBeforeCountBackToWhatTheTargetHas() throws Exception {
        CommitId source = commit(sources, "old", "a", "1");
        Release same = release("1.0", source);
        commit(gitops, "old", VALUES, "replicas: 1\n");
        commit(gitops, "ann", VALUES, "replicas: 2\n");
        commit(gitops, "other", "services/sync/values.yaml", "x: 1\n");
        gitops.run("checkout", "-q", "-b", "side");
        commit(gitops, "carl", VALUES, "replicas: 3\n");
        gitops.run("checkout", "-q", "dev");
        commit(gitops, "other", "services/sync/values.yaml", "x: 2\n");
        gitops.run("-c", "user.name=bob", "-c", "user.email=bob@example.org", "merge", "-q", "--no-edit", "side");
        commit(gitops, "imaas", VALUES, "replicas: 4\n", "Imaas-Tenant: orders", "Imaas-Actor: @dora");

        assertThat(names(promoted(same, "replicas: 1\n", same).wrote()))
                .containsExactly("bob <bob@example.org>", "carl <carl@example.org>", "ann <ann@example.org>");
        assertThat(names(promoted(same, "replicas: 4\n", same).wrote())).isEmpty();
    }

    @Test
    void theTargetsOwnValuesCountFromWhatWasRenderedLast() throws Exception {
        CommitId source = commit(sources, "old", "a", "1");
        Release same = release("1.0", source);
        gitops.run("checkout", "-q", "-b", "prod");
        CommitId wanted = commit(gitops, "old", "services/api/env/prod.yaml", "replicas: 1\n");
        commit(gitops, "ann", "services/api/env/prod.yaml", "replicas: 2\n");
        assertThat(names(promoted(same, null, same).wrote()))
                .containsExactly("ann <ann@example.org>", "old <old@example.org>");
        gitops.run("checkout", "-q", "--orphan", "rendered/prod");
        commit(gitops, "imaas", "api/manifests.yaml", "x", "Imaas-Tenant: orders", "Imaas-Wanted: " + wanted);
        assertThat(names(promoted(same, null, same).wrote())).containsExactly("ann <ann@example.org>");
    }

    /** A colleague's push or a release of the orchestrator on top of a refused push is no reason to forget who made that. */
    @Test
    void whoPushedWhatWasRefusedIsStillItsAuthorAfterOthersCommits() throws Exception {
        CommitId source = commit(sources, "old", "a", "1");
        ServiceState state = new ServiceState(API, release("1.0", source), null, null, "x", null);
        gitops.run("checkout", "-q", "-b", "prod");
        CommitId wanted = commit(gitops, "old", "services/api/env/prod.yaml", "replicas: 1\n");
        gitops.run("checkout", "-q", "--orphan", "rendered/prod");
        commit(gitops, "imaas", "api/manifests.yaml", "x", "Imaas-Tenant: orders", "Imaas-Wanted: " + wanted);
        gitops.run("checkout", "-q", "-f", "prod");
        commit(gitops, "mallory", "services/api/env/prod.yaml", "replicas: 9\n");
        CommitId ours = commit(gitops, "imaas", "services/sync/release.yaml", "x", "Imaas-Tenant: orders");
        CommitId head = commit(gitops, "bob", "services/api/README.md", "x");

        Authors found = new AuthorsObserver(
                        repositories.at(url("gitops")), service -> repositories.at(service.repository()), true)
                .pushed(
                        service(),
                        state,
                        new EnvironmentState(new EnvironmentName("prod"), head, null, List.of(state)),
                        ours);

        assertThat(names(found.wrote()))
                .containsExactlyInAnyOrder("bob <bob@example.org>", "mallory <mallory@example.org>");
    }

    @Test
    void whatCanNotBeFoundOutIsSaid() throws Exception {
        commit(sources, "old", "a", "1");
        assertThat(promoted(null, null, release("2.0", null))
                        .problem()
                        .orElseThrow()
                        .what())
                .contains("does not say which commit it was built from");
        assertThat(promoted(null, null, release("2.0", new CommitId("d".repeat(40))))
                        .problem()
                        .orElseThrow()
                        .what())
                .contains("does not have commit");
    }
}
