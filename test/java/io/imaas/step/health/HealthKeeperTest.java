package io.imaas.step.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.git.GitAccess;
import io.imaas.adapter.git.GitRepositories;
import io.imaas.adapter.git.GitSettings;
import io.imaas.adapter.yaml.ByteExactValuesEditor;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.image.Digest;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.rollout.HealthRecord.Status;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Quota;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Service.ServiceType;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import io.imaas.port.Change;
import io.imaas.port.FileEdit;
import io.imaas.port.GitRepository;
import io.imaas.port.LiveHealth;
import io.imaas.step.record.HealthLedger;
import io.imaas.testing.Git;
import io.imaas.testing.ManualClock;
import io.imaas.testing.Tenants;
import io.imaas.testing.TestKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over a real bare repository; the cluster is told what to be, and time what to do. */
class HealthKeeperTest {
    private static final EnvironmentName TEST = new EnvironmentName("test");
    private static final ServiceName API = new ServiceName("api");

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock("2026-11-20T10:00:00Z");
    private final Scripted live = new Scripted();
    private GitRepositories repositories;
    private RepositoryUrl url;
    private HealthKeeper keeper;

    @BeforeEach
    void bareRepository() {
        Git.in(folder).run("init", "-q", "--bare", "gitops.git");
        url = new RepositoryUrl(folder.resolve("gitops.git").toString());
        repositories = new GitRepositories(
                TestKey.signed(GitSettings.of(folder.resolve("cache"), GitAccess.anonymous(), clock)));
        releases("1");
        keeper = keeper();
    }

    @AfterEach
    void close() {
        keeper.close();
        assertThat(live.listeners).isEmpty();
        repositories.close();
    }

    private HealthKeeper keeper() {
        return new HealthKeeper(
                tenant(),
                repository(),
                new ByteExactValuesEditor(),
                TestKey.records("orders"),
                live,
                clock,
                HealthKeeper.GRACE);
    }

    @Test
    void aReleaseThatDegradesForLongIsRevokedAndGivenBackWhenItRecovers() {
        rolledOut("1", Status.HEALTHY);
        round();
        live.becomes("1", Status.DEGRADED);
        pass(59);
        assertThat(round().written()).isEmpty();
        assertThat(keeper.undecided()).isTrue();
        pass(1);
        assertThat(round().written()).extracting(HealthRecord::status).containsExactly(Status.DEGRADED);
        assertThat(recorded("1").status()).isEqualTo(Status.DEGRADED);
        assertThat(recorded("1").was()).isEqualTo(Status.HEALTHY);
        assertThat(recorded("1").since()).isEqualTo("2026-11-20T10:00:00Z");

        live.becomes("1", Status.HEALTHY);
        pass(60);
        round();
        assertThat(recorded("1").status()).isEqualTo(Status.HEALTHY);
        assertThat(recorded("1").was()).isNull();
        assertThat(recorded("1").since()).isEqualTo("2026-11-20T10:01:00Z");
    }

    @Test
    void whatFlapsWritesNothingAndWhatFlapsSlowlyAtMostOnceAMinute() {
        rolledOut("1", Status.HEALTHY);
        int before = commits();
        for (int second = 0; second < 600; second++) {
            live.becomes("1", second % 2 == 0 ? Status.DEGRADED : Status.HEALTHY);
            pass(1);
            round();
        }
        assertThat(commits()).isEqualTo(before);
        for (int minute = 0; minute < 12; minute++) {
            live.becomes("1", minute % 3 == 2 ? Status.HEALTHY : Status.DEGRADED);
            for (int second = 0; second < 60; second += 5) {
                pass(5);
                round();
            }
        }
        assertThat(commits() - before).isBetween(1, 12);
    }

    @Test
    void whatARolloutFoundBadStaysBadUntilARolloutFindsItGood() {
        rolledOut("1", Status.DEGRADED);
        live.becomes("1", Status.HEALTHY);
        round();
        assertThat(keeper.size()).isZero();
        rolledOut("1", Status.HEALTHY);
        pass(30);
        round();
        live.becomes("1", Status.DEGRADED);
        pass(60);
        round();
        // A rollout of the same commit now sees for itself: it is no longer ours to give back.
        rolledOut("1", Status.DEGRADED);
        assertThat(recorded("1").was()).isNull();
        live.becomes("1", Status.HEALTHY);
        pass(120);
        round();
        assertThat(recorded("1").status()).isEqualTo(Status.DEGRADED);
    }

    @Test
    void theStreamAloneRevokesNothing() {
        rolledOut("1", Status.HEALTHY);
        round();
        live.becomes("1", Status.HEALTHY);
        live.lies("1", Status.DEGRADED);
        pass(61);
        assertThat(round().written()).isEmpty();
        int looks = live.looks;
        pass(59);
        round();
        assertThat(live.looks).isEqualTo(looks);
        assertThat(recorded("1").status()).isEqualTo(Status.HEALTHY);
        // It comes true, and the stream, which said so before, does not say it again.
        live.now.put(digest("1"), Status.DEGRADED);
        pass(1);
        assertThat(round().written()).hasSize(1);
    }

    @Test
    void whileNothingIsFinalItIsLookedAtNowAndThenAndNotAtEveryRound() {
        rolledOut("1", Status.HEALTHY);
        round();
        live.lies("1", Status.DEGRADED);
        live.now.remove(digest("1"));
        pass(60);
        for (int i = 0; i < 60; i++) {
            pass(1);
            round();
        }
        assertThat(live.looks).isBetween(2, 5);
        assertThat(recorded("1").status()).isEqualTo(Status.HEALTHY);
    }

    @Test
    void anotherReleaseIsWatchedInItsPlaceOnceItIsProven() {
        rolledOut("1", Status.HEALTHY);
        round();
        releases("2");
        pass(31);
        round();
        assertThat(keeper.size()).isZero();
        rolledOut("2", Status.HEALTHY);
        pass(31);
        round();
        assertThat(live.listeners.keySet()).containsExactly(digest("2"));
        live.becomes("1", Status.DEGRADED);
        pass(120);
        round();
        assertThat(recorded("1").status()).isEqualTo(Status.HEALTHY);
    }

    @Test
    void whatAPersonVouchedForIsGivenBackAsThat() {
        rolledOut("1", Status.ASSUMED);
        round();
        live.becomes("1", Status.DEGRADED);
        pass(60);
        round();
        assertThat(recorded("1").status()).isEqualTo(Status.DEGRADED);
        live.becomes("1", Status.HEALTHY);
        pass(60);
        round();
        assertThat(recorded("1").status()).isEqualTo(Status.ASSUMED);
    }

    @Test
    void aRestartedKeeperGoesOnWhereTheOtherOneWas() {
        rolledOut("1", Status.HEALTHY);
        round();
        live.becomes("1", Status.DEGRADED);
        pass(60);
        round();
        keeper.close();
        keeper = keeper();
        round();
        live.becomes("1", Status.HEALTHY);
        pass(60);
        round();
        assertThat(recorded("1").status()).isEqualTo(Status.HEALTHY);
    }

    @Test
    void twoKeepersAndARolloutDoNotUndoEachOther() {
        rolledOut("1", Status.HEALTHY);
        try (HealthKeeper other = keeper()) {
            round();
            other.round();
            live.becomes("1", Status.DEGRADED);
            pass(60);
            round();
            int before = commits();
            assertThat(other.round().failures()).isEmpty();
            assertThat(commits()).isEqualTo(before);
            // The rollout of another commit proves it anew, though the keepers believe otherwise.
            new HealthLedger(repository(), TestKey.records("orders"))
                    .record(record("1", Status.HEALTHY, "b".repeat(40)));
            live.becomes("1", Status.HEALTHY);
            pass(200);
            round();
            other.round();
            assertThat(recorded("1").commit().value()).isEqualTo("b".repeat(40));
        }
    }

    @Test
    void anApplicationThatDoesNotAnswerIsToldAndTriedAgain() {
        rolledOut("1", Status.HEALTHY);
        round();
        live.becomes("1", Status.DEGRADED);
        live.down = true;
        pass(60);
        assertThat(round().failures()).hasSize(1).allSatisfy(f -> assertThat(f.kind())
                .isEqualTo(FailureKind.EXTERNAL));
        live.down = false;
        round();
        assertThat(recorded("1").status()).isEqualTo(Status.DEGRADED);
    }

    @Test
    void whoDoesNotStayAsksAtOnce() {
        rolledOut("1", Status.HEALTHY);
        live.now.put(digest("1"), Status.DEGRADED);
        keeper.look();
        assertThat(keeper.undecided()).isTrue();
        pass(60);
        assertThat(round().written()).hasSize(1);
        assertThat(keeper.undecided()).isFalse();
    }

    private HealthKeeper.Round round() {
        return keeper.round();
    }

    private void pass(long seconds) {
        clock.pause(Duration.ofSeconds(seconds));
    }

    private void releases(String digit) {
        String text = "image:\n  repository: registry.example.org/orders/api\n  digest: \"" + digest(digit)
                + "\"\nversion: 1." + digit + ".0\n";
        repository()
                .land(Change.of(
                        new BranchName("test"), "release", List.of(FileEdit.text(GitOpsPaths.release(API), text))));
    }

    private void rolledOut(String digit, Status status) {
        new HealthLedger(repository(), TestKey.records("orders")).record(record(digit, status, "a".repeat(40)));
    }

    private HealthRecord record(String digit, Status status, String commit) {
        return new HealthRecord(API, TEST, digest(digit), status, new CommitId(commit), clock.now(), "a rollout");
    }

    private HealthRecord recorded(String digit) {
        return new HealthLedger(repository(), TestKey.records("orders"))
                .find(API, TEST, digest(digit))
                .orElseThrow();
    }

    private int commits() {
        return Integer.parseInt(Git.in(folder.resolve("gitops.git"))
                .run("rev-list", "--count", "imaas/records")
                .strip());
    }

    private GitRepository repository() {
        return repositories.at(url);
    }

    private static Digest digest(String digit) {
        return new Digest("sha256:" + digit.repeat(64));
    }

    private Tenant tenant() {
        return Tenants.tenant(
                new TenantName("orders"),
                "Orders",
                List.of("@acme/leads"),
                "orders@example.org",
                url,
                List.of(new Environment(TEST, List.of(), 1, List.of(), Duration.ZERO, false, false)),
                new Quota("1", "1Gi", 5),
                List.of(),
                List.of(new Service(API, url, ServiceType.WORKER, List.of(TEST))));
    }

    private final class Scripted implements LiveHealth {
        private final Map<Digest, Status> now = new HashMap<>();
        private final Map<Digest, List<Consumer<HealthRecord>>> listeners = new HashMap<>();
        private boolean down;
        private int looks;

        void becomes(String digit, Status status) {
            now.put(digest(digit), status);
            lies(digit, status);
        }

        void lies(String digit, Status status) {
            listeners.getOrDefault(digest(digit), List.of()).forEach(l -> l.accept(record(digit, status)));
        }

        private HealthRecord record(String digit, Status status) {
            return HealthKeeperTest.this.record(digit, status, "a".repeat(40));
        }

        @Override
        public Optional<HealthRecord> now(RolloutTarget target) {
            looks++;
            if (down) {
                throw FailureException.external("no answer", "Argo CD", "", (Throwable) null);
            }
            Digest digest = target.image().digest();
            return Optional.ofNullable(now.get(digest))
                    .map(status -> new HealthRecord(
                            target.service(),
                            target.environment(),
                            digest,
                            status,
                            target.commit(),
                            clock.now(),
                            "seen"));
        }

        @Override
        public AutoCloseable watch(RolloutTarget target, Consumer<HealthRecord> listener) {
            Digest digest = target.image().digest();
            List<Consumer<HealthRecord>> all = new ArrayList<>(listeners.getOrDefault(digest, List.of()));
            all.add(listener);
            listeners.put(digest, all);
            if (now.containsKey(digest)) {
                now(target).ifPresent(listener);
                looks--;
            }
            return () -> {
                List<Consumer<HealthRecord>> left = new ArrayList<>(listeners.get(digest));
                left.remove(listener);
                if (left.isEmpty()) {
                    listeners.remove(digest);
                } else {
                    listeners.put(digest, left);
                }
            };
        }
    }
}
