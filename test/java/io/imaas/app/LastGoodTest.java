package io.imaas.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.adapter.git.GitRepositories;
import io.imaas.catalog.KnownFiles;
import io.imaas.cli.PlatformSource;
import io.imaas.model.failure.FailureException;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.BrokenTenant;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import io.imaas.testing.Git;
import io.imaas.testing.ManualClock;
import io.imaas.testing.TestKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A platform that is read again and again while some of its tenants' files are broken. */
class LastGoodTest {
    private static final String BROKEN = "tenant: a\nowners: [\"@ann\"\n";

    private static final BranchName MAIN = new BranchName("main");

    @TempDir
    Path folder;

    private final Map<String, String> files =
            new HashMap<>(Map.of("platform.yaml", "platform: acme\nregistries: [registry.example.org/acme]\n"));
    private GitRepositories repositories;
    private PlatformRepository served;
    private Git git;
    private final StringBuilder commits = new StringBuilder();
    private boolean begun;

    @BeforeEach
    void aRepository() throws IOException {
        git = Git.in(Files.createDirectories(folder.resolve("platform")));
        git.run("init", "-q", "-b", "main");
        repositories = TestKey.git(folder.resolve("cache"), new ManualClock("2026-11-28T10:00:00Z"));
        served = new PlatformRepository(repositories.at(new RepositoryUrl("file://" + git.folder())));
    }

    @AfterEach
    void close() {
        repositories.close();
    }

    LastGoodTest() {
        tenant("a", 10, "a");
        tenant("b", 10, "b");
    }

    private void tenant(String name, int pods, String gitops) {
        files.put(
                "tenants/" + name + ".yaml",
                "tenant: " + name + "\nowners: ['@acme/x']\ncontact: a@example.org\ngitops: https://git.example.org/"
                        + gitops + ".git\nenvironments: [{name: dev}]\nquota: {cpu: 4, memory: 8Gi, pods: " + pods
                        + "}\n");
    }

    /** Commits the files; whoever served them all the time has what one has who begins now. */
    private Catalog read() {
        commit();
        send();
        Catalog fresh = new PlatformRepository(served.repository()).served(MAIN);
        Catalog now = served.served(MAIN);
        assertThat(now).isEqualTo(fresh);
        return now;
    }

    private void send() {
        git.told(commits.toString(), "fast-import", "--quiet");
        commits.setLength(0);
    }

    /** As Git's fast-import has it: many commits by one process. */
    private void commit() {
        boolean first = commits.length() == 0;
        commits.append("commit refs/heads/main\ncommitter a <a@example.org> 1790000000 +0000\ndata 1\nx\n")
                .append(first && begun ? "from refs/heads/main^0\n" : "")
                .append("deleteall\n");
        files.forEach((path, text) ->
                commits.append("M 100644 inline " + path + "\ndata " + text.length() + "\n" + text + "\n"));
        begun = true;
    }

    private static Optional<Tenant> tenant(Catalog catalog, String name) {
        return catalog.tenant(new TenantName(name));
    }

    @Test
    void aBrokenTenantIsServedAsBeforeAndTheOthersAsTheyAreNow() {
        Catalog first = read();
        files.put("tenants/a.yaml", BROKEN);
        tenant("b", 20, "b");
        for (int i = 0; i < 2; i++) {
            Catalog now = read();
            assertThat(tenant(now, "a")).isEqualTo(tenant(first, "a"));
            assertThat(tenant(now, "b")).isPresent().isNotEqualTo(tenant(first, "b"));
            assertThat(now.broken()).singleElement().satisfies(one -> {
                assertThat(one.kept()).isTrue();
                assertThat(one.sentence()).startsWith("tenant a is served as its files said before: tenants/a.yaml:2");
            });
            tenant("c", 10, "c");
        }
        tenant("a", 30, "a");
        assertThat(read().broken()).isEmpty();
        assertThat(tenant(read(), "a")).isPresent().isNotEqualTo(tenant(first, "a"));
    }

    @Test
    void aTenantThatWasNeverRightIsLeftOut() {
        files.put("tenants/a.yaml", BROKEN);
        Catalog now = read();
        assertThat(now.tenants()).extracting(tenant -> tenant.name().value()).containsExactly("b");
        assertThat(now.leftOut(new TenantName("a"))).isPresent();
        assertThat(now.broken().get(0).sentence()).startsWith("tenant a is left out: tenants/a.yaml:2");
    }

    @Test
    void whatABrokenTenantHadAndAnotherClaimsByNowIsTheOthers() {
        read();
        files.put("tenants/a.yaml", BROKEN);
        tenant("b", 10, "a");
        tenant("c", 10, "b");
        Catalog now = read();
        assertThat(now.tenants()).extracting(tenant -> tenant.name().value()).containsExactly("b", "c");
        assertThat(now.broken()).singleElement().matches(one -> !one.kept());

        tenant("b", 10, "b");
        tenant("c", 10, "c");
        assertThat(read().broken()).singleElement().matches(BrokenTenant::kept);
    }

    /** On the command line both are left out: nobody knows whose it is. Here it is known whose it was. */
    @Test
    void whoClaimsWhatAnotherHasTakesItFromNobody() {
        Catalog first = read();
        tenant("c", 10, "a");
        Catalog now = read();
        assertThat(tenant(now, "a")).isEqualTo(tenant(first, "a"));
        assertThat(tenant(now, "c")).isEmpty();

        tenant("c", 10, "c");
        Catalog second = read();
        tenant("c", 20, "a");
        assertThat(read().tenants()).isEqualTo(second.tenants());
        assertThat(read().broken()).extracting(BrokenTenant::name).containsExactly("a", "c");
    }

    @Test
    void aTenantThatIsGoneFromTheFilesIsGone() {
        read();
        files.put("tenants/b.yaml", BROKEN);
        files.remove("tenants/a.yaml");
        assertThat(read().tenants()).extracting(tenant -> tenant.name().value()).containsExactly("b");
        files.remove("tenants/b.yaml");
        assertThat(read().tenants()).isEmpty();
    }

    /** Under other rules of the platform the files of before may be forbidden. */
    @Test
    void whatThePlatformForbidsByNowIsNotServedAsBefore() {
        read();
        files.put("tenants/a.yaml", BROKEN);
        files.put("platform.yaml", files.get("platform.yaml") + "gitHosts: [other.example.org]\n");
        assertThat(read().tenants()).isEmpty();
        assertThat(read().broken()).hasSize(2).noneMatch(BrokenTenant::kept);
    }

    @Test
    void anErrorInAFileOfAllIsToldAndNothingIsForgotten() {
        Catalog first = read();
        String platform = files.put("platform.yaml", "platform: [\n");
        files.put("tenants/a.yaml", BROKEN);
        assertThatThrownBy(this::read).isInstanceOf(FailureException.class).hasMessageContaining("platform.yaml");
        files.put("platform.yaml", platform);
        assertThat(read().tenants()).isEqualTo(first.tenants());
    }

    /** A misplaced or renamed file is one that can't be read, not one that is gone. */
    @Test
    void aFileUnderAnotherNameIsBroken() {
        Catalog first = read();
        for (String path : List.of("tenants/a.yml", "tenant/a.yaml", "tenants/old/a.yaml", "Tenants/a.YAML")) {
            String text = files.remove("tenants/a.yaml");
            files.put(path, text);
            assertThat(read().tenants()).as(path).isEqualTo(first.tenants());
            assertThat(read().broken()).extracting(BrokenTenant::name).containsExactly("a");
            files.remove(path);
            files.put("tenants/a.yaml", text);
        }
    }

    /** What broke while nobody served the platform, and what came after, on files that are long broken. */
    @Test
    void theNewestVersionThatIsRightIsFoundBehindOthersThatAreNot() {
        tenant("a", 30, "a");
        Catalog right = read();
        for (int i = 0; i < 5; i++) {
            files.put("tenants/a.yaml", BROKEN + "# " + i);
            tenant("b", 40 + i, "b");
            commit();
        }
        assertThat(tenant(read(), "a")).isEqualTo(tenant(right, "a"));
        files.put("tenants/c.yaml", "tenant: [");
        for (int i = 0; i < 20; i++) {
            files.put("tenants/a.yaml", BROKEN + "## " + i);
            commit();
        }
        assertThat(read().broken()).extracting(BrokenTenant::name).containsExactly("a", "c");
        assertThat(read().broken()).as("not looked for any longer").noneMatch(BrokenTenant::kept);
    }

    /** A file under {@code adopt/} is one of its tenant's, and is taken back together with the tenant's own. */
    @Test
    void aBrokenAdoptionIsTakenBackToo() {
        Catalog first = read();
        files.put("adopt/a/dev/api.yaml", "objects: [");
        Catalog now = read();
        assertThat(now.broken()).singleElement().matches(BrokenTenant::kept);
        assertThat(now.tenants()).isEqualTo(first.tenants());
        tenant("a", 30, "a");
        assertThat(tenant(read(), "a")).isEqualTo(tenant(first, "a"));
    }

    /** Whose history is full of mistakes takes no other's place. */
    @Test
    void manyBrokenTenantsWithLongHistoriesHideNobodys() {
        for (int i = 0; i < 12; i++) {
            for (int k = 0; k < 12; k++) {
                files.put("tenants/a" + k + ".yaml", BROKEN + "# " + i);
                if (i == 0 || k > i) {
                    commit();
                }
            }
        }
        files.put("tenants/b.yaml", BROKEN);
        commit();
        send();
        assertThat(tenant(served.served(MAIN), "b")).isPresent();
    }

    /** A folder with its repository has the same history; one without has none. */
    @Test
    void aCheckedOutFolderIsServedAsItsRepositoryIs() throws IOException {
        Catalog first = read();
        git.run("reset", "-q", "--hard");
        Path file = git.folder().resolve("tenants/a.yaml");
        Files.delete(file);
        Files.createSymbolicLink(file, Path.of("nowhere.yaml"));
        Catalog now = PlatformSource.served(git.folder().toString(), repositories::at, new KnownFiles());
        assertThat(now.tenants()).isEqualTo(first.tenants());
        assertThat(now.broken()).singleElement().satisfies(one -> assertThat(one.sentence())
                .contains("tenants/a.yaml", "a link stands where a file must be"));

        FileUtils.deleteDirectory(git.folder().resolve(".git").toFile());
        Catalog plain = PlatformSource.served(git.folder().toString(), repositories::at, new KnownFiles());
        assertThat(plain.tenants()).extracting(tenant -> tenant.name().value()).containsExactly("b");
        assertThat(plain.broken()).singleElement().matches(one -> !one.kept());
    }
}
