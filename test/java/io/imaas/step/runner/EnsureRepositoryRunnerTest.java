package io.imaas.step.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.adapter.git.GitAccess;
import io.imaas.adapter.git.GitRepositories;
import io.imaas.adapter.git.GitSettings;
import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.Secret;
import io.imaas.model.source.BranchProtection;
import io.imaas.model.source.ForgeRight;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.OnboardingPolicy.RepositoryPolicy;
import io.imaas.model.tenancy.Previews;
import io.imaas.model.tenancy.TenantName;
import io.imaas.plan.step.EnsureGitOps;
import io.imaas.plan.step.EnsureProtection;
import io.imaas.plan.step.EnsureRepository;
import io.imaas.port.GitRepository;
import io.imaas.port.RepositorySetup;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepOutput;
import io.imaas.testing.Git;
import io.imaas.testing.ManualClock;
import io.imaas.testing.TestKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tenant's repository on a Git server, of which the repository itself is real. */
class EnsureRepositoryRunnerTest {
    private static final TenantName ORDERS = new TenantName("orders");
    private static final EnvironmentName DEV = new EnvironmentName("dev");

    @TempDir
    Path folder;

    private final ServerDouble server = new ServerDouble();
    private final Map<String, Outcome> ended = new HashMap<>();
    private GitRepositories repositories;
    private EnsureRepository step;

    @BeforeEach
    void open() {
        repositories = new GitRepositories(TestKey.signed(GitSettings.of(
                folder.resolve("cache"), GitAccess.anonymous(), new ManualClock("2026-11-28T10:00:00Z"))));
        step = new EnsureRepository(EnsureRepository.ID, ORDERS, url(), List.of(DEV));
    }

    @AfterEach
    void close() {
        repositories.close();
    }

    @Test
    void oneThatIsNotThereIsMadeAndOneThatIsEmptyIsTaken() {
        assertThat(run(false).effects()).extracting(Effect::kind).containsExactly(Effect.Kind.CREATED);
        assertThat(run(false).effects()).extracting(Effect::kind).containsExactly(Effect.Kind.UNCHANGED);
    }

    @Test
    void oneWithSomethingElseInItIsRefusedUntilSomebodyAdoptsIt() {
        run(false);
        push("main", "src/App.java", "Write the application");

        assertThatThrownBy(() -> run(false)).isInstanceOfSatisfying(FailureException.class, refused -> {
            assertThat(refused.failure().kind()).isEqualTo(FailureKind.POLICY);
            assertThat(refused.failure().what()).contains("is not empty (branches main)");
            assertThat(refused.failure().suggestion()).contains("imaas onboard orders --adopt");
        });
        assertThat(run(true).effects()).extracting(Effect::kind).containsExactly(Effect.Kind.UNCHANGED);
    }

    @Test
    void aLayoutMadeByHandIsTheTenantsAndAnotherTenantsRepositoryNeverIs() {
        run(false);
        push("dev", "services/api/values.yaml", "By hand");
        assertThat(run(false).effects()).hasSize(1);

        push("dev", "more", "Prepare environment dev\n\nImaas-Tenant: sales\nImaas-Environment: dev");
        assertThatThrownBy(() -> run(true)).hasMessageContaining("another tenant's: sales");
    }

    @Test
    void theFirstBranchWithTheTenantsCommitsIsTheLastOneThatIsAskedAbout() {
        run(false);
        push("dev", "more", "Prepare environment dev\n\nImaas-Tenant: orders\nImaas-Environment: dev");
        push("prod", "more", "Prepare environment prod\n\nImaas-Tenant: orders\nImaas-Environment: prod");
        List<Object> asked = new ArrayList<>();
        GitRepository real = repositories.at(url());
        GitRepository listening = (GitRepository) Proxy.newProxyInstance(
                GitRepository.class.getClassLoader(), new Class<?>[] {GitRepository.class}, (proxy, method, given) -> {
                    asked.add(method.getName() + " " + given[0]);
                    return method.invoke(real, given);
                });
        EnsureRepository both =
                new EnsureRepository(EnsureRepository.ID, ORDERS, url(), List.of(DEV, new EnvironmentName("prod")));

        new EnsureRepositoryRunner(listening, () -> Optional.of(server), false).run(both, context());

        assertThat(asked).containsExactly("history dev");
    }

    @Test
    void aTokenThatMayTooLittleIsToldWhichRightAndWhereToGiveIt() {
        run(false);
        server.rights = List.of(new ForgeRight("webhooks", false, "admin", "https://git.example.org/tokens"));
        assertThatThrownBy(() -> run(false))
                .hasMessageContaining("webhooks (admin, at https://git.example.org/tokens)")
                .hasMessageContaining("managed: false");

        server.rules.add("rendered/*");
        assertThat(run(false).effects()).hasSize(1);
    }

    @Test
    void whatThisRunMadeIsTakenBackUnlessSomebodyPushedMeanwhile() {
        ended.put(EnsureRepository.ID, run(false));
        push("dev", "README.md", "Prepare environment dev");
        ended.put(
                EnsureGitOps.id(DEV),
                Outcome.done(
                        new StepOutput.BranchesLanded(repositories.at(url()).heads(List.of(DEV.branch()))), List.of()));
        push(Previews.SPACE.value(), "README.md", "Prepare previews");
        ended.put(
                EnsureGitOps.id(Previews.SPACE),
                Outcome.done(
                        new StepOutput.BranchesLanded(repositories.at(url()).heads(List.of(Previews.SPACE.branch()))),
                        List.of()));
        push("other", "x", "Somebody's own");
        Outcome kept = runner(false).undo(step, ended.get(EnsureRepository.ID), context());
        assertThat(((Outcome.Succeeded) kept).warnings())
                .extracting(problem -> problem.what())
                .containsExactly("somebody else pushed to its branch other meanwhile");
        assertThat(server.exists).isTrue();

        Git.in(folder).run("-C", "gitops.git", "branch", "-D", "other");
        Outcome gone = runner(false).undo(step, ended.get(EnsureRepository.ID), context());
        assertThat(gone.effects()).extracting(Effect::kind).containsExactly(Effect.Kind.DELETED);
        assertThat(server.exists).isFalse();
    }

    @Test
    void branchesAreProtectedAndTheWebHookNeedsASecret() {
        EnsureProtection protection = new EnsureProtection(
                "protection",
                url(),
                List.of(BranchProtection.orchestratorAlone("rendered/*")),
                "https://imaas.example.org/hooks/gitea");
        run(false);

        Outcome without = new EnsureProtectionRunner(() -> Optional.of(server), name -> Optional.empty())
                .run(protection, context());
        assertThat(without).isInstanceOfSatisfying(Outcome.Failed.class, failed -> assertThat(
                        failed.failure().what())
                .contains("no secret for the web hook"));
        assertThat(without.effects()).extracting(Effect::name).containsExactly("rendered/*");

        EnsureProtectionRunner runner =
                new EnsureProtectionRunner(() -> Optional.of(server), name -> Optional.of(new Secret("s"))
                        .filter(secret -> name.equals(RepositoryPolicy.SECRET)));
        assertThat(runner.run(protection, context()).effects())
                .extracting(Effect::kind)
                .containsExactly(Effect.Kind.UNCHANGED, Effect.Kind.CREATED);
        Outcome undone = runner.undo(protection, without, context());
        assertThat(((Outcome.Succeeded) undone).warnings())
                .extracting(problem -> problem.rule())
                .containsExactly("remains");
    }

    private Outcome run(boolean adopts) {
        return runner(adopts).run(step, context());
    }

    private EnsureRepositoryRunner runner(boolean adopts) {
        return new EnsureRepositoryRunner(repositories.at(url()), () -> Optional.of(server), adopts);
    }

    private RepositoryUrl url() {
        return new RepositoryUrl("file://" + folder.resolve("gitops.git"));
    }

    private void push(String branch, String path, String message) {
        Path work = folder.resolve("work-" + branch);
        if (!work.toFile().exists()) {
            Git.in(folder).run("clone", "-q", "gitops.git", work.getFileName().toString());
            Git.in(work).run("checkout", "-q", "--orphan", branch);
        }
        work.resolve(path).toFile().getParentFile().mkdirs();
        try {
            Files.writeString(work.resolve(path), message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Git.in(work).run("add", ".");
        boolean ours = message.contains("Imaas-") && TestKey.statements().ownKey() != null;
        for (String setting :
                List.of("user.name ann", "user.email a@example.org", "gpg.format ssh", "commit.gpgsign " + ours)) {
            Git.in(work).run("config", setting.split(" ")[0], setting.split(" ")[1]);
        }
        Git.in(work).run("-c", "user.signingkey=" + TestKey.file(), "commit", "-qm", message);
        Git.in(work).run("push", "-q", "origin", branch);
    }

    private StepContext context() {
        return new StepContext() {
            @Override
            public <T extends StepOutput> T output(String stepId, Class<T> type) {
                return type.cast(ended.get(stepId).handedOver().orElseThrow());
            }

            @Override
            public Optional<Outcome> outcome(String stepId) {
                return Optional.ofNullable(ended.get(stepId));
            }

            @Override
            public void log(String line) {}
        };
    }

    /** Keeps what it is told to; its repository is the real one. */
    private final class ServerDouble implements RepositorySetup {
        private final List<String> rules = new ArrayList<>();
        private boolean exists;
        private List<ForgeRight> rights = List.of();

        @Override
        public Effect create(String description) {
            if (exists) {
                return Effect.unchanged("repository", "orders");
            }
            exists = true;
            Git.in(folder).run("init", "-q", "--bare", "gitops.git");
            return Effect.created("repository", "orders", "private");
        }

        @Override
        public Effect remove() {
            exists = false;
            return Effect.deleted("repository", "orders", "");
        }

        @Override
        public List<String> branches() {
            return Git.in(folder.resolve("gitops.git"))
                    .run("branch", "--format=%(refname:short)")
                    .lines()
                    .toList();
        }

        @Override
        public Effect protect(BranchProtection wanted) {
            return rules.contains(wanted.pattern())
                    ? Effect.unchanged("branch protection", wanted.pattern())
                    : rules.add(wanted.pattern()) ? Effect.created("branch protection", wanted.pattern(), "") : null;
        }

        @Override
        public List<String> gaps(BranchProtection wanted) {
            return rules.contains(wanted.pattern()) ? List.of() : List.of("there is no rule for it");
        }

        @Override
        public Effect webhook(URI target, Secret secret) {
            return Effect.created("webhook", target.getHost(), "");
        }

        @Override
        public String ownersFile() {
            return ".gitea/CODEOWNERS";
        }

        @Override
        public List<ForgeRight> rights() {
            return rights;
        }
    }
}
