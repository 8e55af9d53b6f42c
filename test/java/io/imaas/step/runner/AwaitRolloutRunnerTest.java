package io.imaas.step.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.adapter.git.GitAccess;
import io.imaas.adapter.git.GitRepositories;
import io.imaas.adapter.git.GitSettings;
import io.imaas.adapter.yaml.ByteExactValuesEditor;
import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.GpgFingerprint;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.request.Request;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.rollout.Release;
import io.imaas.model.rollout.RolloutOutcome;
import io.imaas.model.rollout.RolloutOutcome.Verdict;
import io.imaas.model.rollout.RolloutStatus;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Quota;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Service.ServiceType;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import io.imaas.plan.promotion.Scene;
import io.imaas.plan.rollback.RollbackPlanner;
import io.imaas.plan.step.AwaitRollout;
import io.imaas.plan.step.CommitRelease;
import io.imaas.port.Deployments;
import io.imaas.port.GitRepository;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepOutput;
import io.imaas.step.observe.ArrivalObserver;
import io.imaas.step.observe.GitOpsObserver;
import io.imaas.step.observe.HttpGateObserver;
import io.imaas.step.observe.ReleaseHistory;
import io.imaas.step.observe.RollbackObserver;
import io.imaas.step.record.HealthLedger;
import io.imaas.testing.Git;
import io.imaas.testing.ManualClock;
import io.imaas.testing.Tenants;
import io.imaas.testing.TestKey;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AwaitRolloutRunnerTest {
    private static final EnvironmentName DEV = new EnvironmentName("dev");
    private static final ServiceName API = new ServiceName("api");

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock("2026-11-20T10:00:00Z");
    private final ByteExactValuesEditor values = new ByteExactValuesEditor();
    private final Map<String, StepOutput> outputs = new HashMap<>();
    private Verdict verdict = Verdict.LIVE;
    private Instant begun;
    private RolloutTarget followed;
    private GitRepositories repositories;
    private RepositoryUrl url;

    @BeforeEach
    void bareRepository() {
        Git.in(folder).run("init", "-q", "--bare", "gitops.git");
        url = new RepositoryUrl(folder.resolve("gitops.git").toString());
        repositories = new GitRepositories(
                TestKey.signed(GitSettings.of(folder.resolve("cache"), GitAccess.anonymous(), clock)));
    }

    @AfterEach
    void close() {
        repositories.close();
    }

    @Test
    void aLiveReleaseIsRecordedAsHealthy() {
        Outcome outcome = release("1.0.0", true);

        assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
        assertThat(healthOf("1.0.0")).isEqualTo(HealthRecord.Status.HEALTHY);
    }

    @Test
    void aDegradedReleaseIsRecordedAndTheLastHealthyOneIsPutBackWhereThePolicySaysSo() {
        release("1.0.0", true);
        verdict = Verdict.DEGRADED;
        Outcome outcome = release("1.1.0", true);

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.failure().kind()).isEqualTo(FailureKind.FAILED);
            assertThat(failed.failure().what()).contains("the pod crashes", "rolled back to 1.0.0 and held");
        });
        assertThat(healthOf("1.1.0")).isEqualTo(HealthRecord.Status.DEGRADED);
        Git git = Git.in(folder.resolve("gitops.git"));
        assertThat(git.run("show", "dev:services/api/release.yaml")).contains("version: 1.0.0");
        assertThat(git.run("show", "dev:services/api/hold/dev.yaml")).contains("its rollout failed");
    }

    @Test
    void aRollbackPassesOverReleasesThatFailed() {
        release("1.0.0", false);
        verdict = Verdict.DEGRADED;
        release("1.1.0", false);
        verdict = Verdict.FAILED;
        release("1.2.0", false);
        verdict = Verdict.LIVE;
        release("1.3.0", false);
        assertThat(rollback("")).isEqualTo("Roll back api in dev to 1.0.0");
        assertThat(rollback("1.1.0")).isEqualTo("Roll back api in dev to 1.1.0");
    }

    @Test
    void whereEveryEarlierReleaseFailedARollbackNeedsAName() {
        verdict = Verdict.DEGRADED;
        release("1.1.0", false);
        release("1.2.0", false);
        assertThatThrownBy(() -> rollback(""))
                .hasMessageContaining("every earlier release of api in dev failed or was rolled back")
                .hasMessageContaining("imaas rollback api dev --to 1.1.0");
        assertThat(rollback("1.1.0")).isEqualTo("Roll back api in dev to 1.1.0");
    }

    private String rollback(String to) {
        Tenant tenant = tenant(false);
        RollbackPlanner planner = new RollbackPlanner(new Scene().platform(), tenant, Duration.ZERO);
        RollbackObserver.Return back = new RollbackObserver(
                        new GitOpsObserver(repository(), values, clock, TestKey.records("orders")),
                        new ReleaseHistory(repository(), values),
                        arrivals())
                .observe(tenant, planner, API, DEV, to);
        Request request = new Request(tenant.name(), API, DEV, "@ann");
        return planner.plan(request, DEV, back.past(), to, "", back.takenBack(), back.facts())
                .title();
    }

    @Test
    void whatCouldNotBeAppliedSaysNothingOfTheDigest() {
        verdict = Verdict.FAILED;
        assertThat(release("1.1.0", false)).isInstanceOf(Outcome.Failed.class);
        assertThat(healthOf("1.1.0")).isEqualTo(HealthRecord.Status.UNAPPLIED);
        verdict = Verdict.LIVE;
        release("1.1.0", false);
        assertThat(healthOf("1.1.0")).isEqualTo(HealthRecord.Status.HEALTHY);
        verdict = Verdict.FAILED;
        release("1.1.0", false);
        assertThat(healthOf("1.1.0")).isEqualTo(HealthRecord.Status.HEALTHY);
    }

    @Test
    void whatIsKnownToBeBadStaysBadWhenItCannotEvenBeApplied() {
        verdict = Verdict.DEGRADED;
        release("1.1.0", false);
        verdict = Verdict.FAILED;
        release("1.1.0", false);
        assertThat(healthOf("1.1.0")).isEqualTo(HealthRecord.Status.DEGRADED);
    }

    @Test
    void theWaitBeganWhenTheStepDid() {
        begun = Instant.parse("2026-11-20T09:55:00Z");
        release("1.0.0", false);
        assertThat(followed.startedAt()).isEqualTo(begun);
    }

    @Test
    void withoutThePolicyADegradedReleaseStays() {
        release("1.0.0", false);
        verdict = Verdict.DEGRADED;
        release("1.1.0", false);

        assertThat(Git.in(folder.resolve("gitops.git")).run("show", "dev:services/api/release.yaml"))
                .contains("version: 1.1.0");
    }

    @Test
    void aLostServerIsNeverASuccessAndSaysNothingOfHealth() {
        verdict = Verdict.UNKNOWN;
        Outcome outcome = release("1.0.0", true);

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class, failed -> assertThat(
                        failed.failure().kind())
                .isEqualTo(FailureKind.EXTERNAL));
        assertThat(new HealthLedger(repository(), TestKey.records("orders"))
                        .find(API, DEV, release("1.0.0").image().digest()))
                .isEmpty();
    }

    private HealthRecord.Status healthOf(String version) {
        return new HealthLedger(repository(), TestKey.records("orders"))
                .find(API, DEV, release(version).image().digest())
                .orElseThrow()
                .status();
    }

    private Outcome release(String version, boolean autoRollback) {
        Tenant tenant = tenant(autoRollback);
        StepContext context = new Context();
        CommitRelease commit =
                new CommitRelease("release", tenant.name(), API, DEV, release(version), "", "@ann", "", null);
        Outcome.Succeeded landed = (Outcome.Succeeded)
                new CommitReleaseRunner(Landings.wantedAlone(repository()), values, ReleaseCheck.ASKED_BY_THE_PLAN)
                        .run(commit, context);
        outputs.put("release", landed.output());
        AwaitRollout await =
                new AwaitRollout("rollout", tenant.name(), API, DEV, "release", null, Duration.ofMinutes(1));
        return new AwaitRolloutRunner(
                        tenant,
                        new Scripted(),
                        new HealthLedger(repository(), TestKey.records("orders")),
                        new AutoRollback(
                                new Scene().platform(),
                                tenant,
                                repository(),
                                values,
                                TestKey.records("orders"),
                                clock,
                                arrivals(),
                                Landings.wantedAlone(repository())),
                        new Verifier(
                                new Scene().platform(),
                                tenant,
                                new HttpGateObserver(null, null, List.of()),
                                null,
                                target -> Optional.empty(),
                                clock))
                .run(await, context);
    }

    private ArrivalObserver arrivals() {
        return new ArrivalObserver(repository(), Optional.empty(), Optional.empty(), List.of());
    }

    private GitRepository repository() {
        return repositories.at(url);
    }

    private static Release release(String version) {
        String digit = version.substring(2, 3);
        return new Release(
                API,
                version,
                null,
                null,
                new ImageRef(
                        ImageRepository.parse("registry.example.org/orders/api"),
                        new Digest("sha256:" + digit.repeat(64))));
    }

    private Tenant tenant(boolean autoRollback) {
        return Tenants.tenant(
                new TenantName("orders"),
                "Orders",
                List.of("@acme/leads"),
                "orders@example.org",
                url,
                List.of(new Environment(DEV, List.of(), 1, List.of(), Duration.ZERO, false, autoRollback)),
                new Quota("1", "1Gi", 5),
                List.of(),
                List.of(new Service(API, url, ServiceType.WORKER, List.of(DEV))));
    }

    private final class Context implements StepContext {
        @Override
        public <T extends StepOutput> T output(String stepId, Class<T> type) {
            return type.cast(outputs.get(stepId));
        }

        @Override
        public Optional<Outcome> outcome(String stepId) {
            return Optional.empty();
        }

        @Override
        public Optional<Instant> startedAt() {
            return Optional.ofNullable(begun);
        }

        @Override
        public void log(String line) {}
    }

    private final class Scripted implements Deployments {
        @Override
        public List<Effect> ensure(
                Tenant tenant, Service service, EnvironmentName environment, List<GpgFingerprint> signers) {
            return List.of();
        }

        @Override
        public List<Effect> remove(Tenant tenant, Service service, EnvironmentName environment) {
            throw new AssertionError("a rollout removes nothing");
        }

        @Override
        public Optional<String> remaining(Tenant tenant, Service service, EnvironmentName environment) {
            return Optional.empty();
        }

        @Override
        public List<String> foreign(Tenant tenant) {
            return List.of();
        }

        @Override
        public List<Effect> removeProject(Tenant tenant, EnvironmentName environment) {
            throw new AssertionError("a rollout removes nothing");
        }

        @Override
        public RolloutStatus follow(RolloutTarget target) {
            followed = target;
            return new RolloutStatus.Ended(new RolloutOutcome(
                    verdict, target.commit(), List.of("the pod crashes"), Instant.parse("2026-11-20T10:00:01Z")));
        }

        @Override
        public AutoCloseable watch(RolloutTarget target, Runnable listener) {
            return () -> {};
        }

        @Override
        public void check() {}
    }
}
