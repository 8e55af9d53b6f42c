package io.imaas.adapter.harbor;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.Secret;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.kubernetes.OwnLabels;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.OnboardingPolicy.PullPolicy;
import io.imaas.model.tenancy.OnboardingPolicy.RegistryPolicy;
import io.imaas.plan.step.EnsurePullSecret;
import io.imaas.plan.step.EnsureRegistrySpace;
import io.imaas.port.Cluster.Applied;
import io.imaas.port.PullSecrets;
import io.imaas.port.RegistrySpaces;
import io.imaas.port.RegistrySpaces.Account;
import io.imaas.run.Outcome;
import io.imaas.step.runner.EnsurePullSecretRunner;
import io.imaas.step.runner.EnsureRegistrySpaceRunner;
import io.imaas.testing.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HarborSpacesTest {
    private static final String NOW = "2026-11-28T10:00:00Z";
    private static final RegistryPolicy POLICY = new RegistryPolicy(RegistryPolicy.Kind.HARBOR, "20Gi", 50, "HARBOR");
    private static final long TWENTY = 20L << 30;

    private final ManualClock clock = new ManualClock(NOW);
    private FakeHarbor harbor;

    @BeforeEach
    void start() throws IOException {
        harbor = new FakeHarbor(clock);
    }

    @AfterEach
    void stop() {
        harbor.close();
    }

    private RegistrySpaces spaces(boolean writes, boolean adopts) {
        return new HarborSpaces(name -> Optional.of(new Secret("admin:Harbor12345")), writes, adopts);
    }

    private ImageRepository images() {
        return new ImageRepository(harbor.host(), "imaas-orders");
    }

    private RegistrySpaces.Space space(RegistrySpaces spaces, RegistryPolicy policy) {
        return spaces.find(policy, images(), "acme/orders").orElseThrow();
    }

    private Applied ensure() {
        return space(spaces(true, false), POLICY).ensure();
    }

    private static List<String> told(Applied applied) {
        assertThat(applied.failures()).isEmpty();
        return applied.effects().stream()
                .map(effect -> effect.kind() + " " + effect.type() + " " + effect.detail())
                .toList();
    }

    private static Failure failure(Applied applied) {
        return applied.failures().get(0);
    }

    @Test
    void aProjectIsMadeWithItsQuotaAndRetentionAndIsRightTheNextTime() {
        assertThat(told(space(spaces(false, false), POLICY).ensure()))
                .containsExactly("CREATED Harbor project private");
        assertThat(harbor.projects).isEmpty();

        assertThat(told(ensure()))
                .containsExactly(
                        "CREATED Harbor project private",
                        "UNCHANGED Harbor quota ",
                        "CREATED Harbor retention the newest 50 of each image");
        harbor.calls.clear();
        assertThat(told(ensure())).allMatch(effect -> effect.startsWith("UNCHANGED"));
        assertThat(harbor.calls).hasSize(5).noneMatch(call -> call.startsWith("P"));
    }

    @Test
    void aRobotsProjectGetsItsQuotaAfterwardsAndEverythingIsBroughtBack() {
        harbor.administrator = false;
        assertThat(told(ensure())).contains("UPDATED Harbor quota storage: -1 -> " + TWENTY);

        harbor.quotas.values().forEach(quota -> quota.withObject("/hard").put("storage", 5));
        harbor.retentions.values().forEach(policy -> policy.withArray("rules").remove(0));
        Applied repaired = ensure();
        assertThat(told(repaired))
                .contains("UPDATED Harbor quota storage: 5 -> " + TWENTY)
                .anyMatch(effect -> effect.startsWith("UPDATED Harbor retention rules"));

        EnsureRegistrySpace step = new EnsureRegistrySpace("registry", images(), POLICY, "acme/orders");
        new EnsureRegistrySpaceRunner(null, spaces(true, false), () -> false)
                .undo(step, Outcome.done(null, repaired.effects()), null);
        assertThat(harbor.quotas.values())
                .allMatch(quota -> quota.at("/hard/storage").asLong() == 5);
        assertThat(harbor.retentions.values())
                .allMatch(policy -> policy.path("rules").size() == 1);
    }

    @Test
    void aProjectOfSomebodyElseIsLeftAloneUnlessItIsToBeAdopted() {
        harbor.project("imaas-orders", -1).put("repo_count", 3);
        assertThat(failure(ensure()).kind()).isEqualTo(FailureKind.POLICY);
        assertThat(failure(ensure()).sentence()).contains("imaas-orders", "--adopt");
        assertThat(harbor.labels).isEmpty();

        assertThat(told(space(spaces(true, true), POLICY).ensure())).contains("UNCHANGED Harbor project ");
        assertThat(told(ensure())).isNotEmpty();
        Applied other = spaces(true, true)
                .find(POLICY, images(), "umbrella/orders")
                .orElseThrow()
                .ensure();
        assertThat(failure(other).what()).contains("belongs to another: acme/orders");
    }

    @Test
    void aRunThatWasKilledAfterItsProjectWasMadeIsGoneOnWith() {
        harbor.project("imaas-orders", -1);
        assertThat(told(ensure())).contains("UPDATED Harbor quota storage: -1 -> " + TWENTY);
        assertThat(harbor.labels.values())
                .singleElement()
                .matches(label -> label.path("name").asText().equals("imaas:acme/orders"));
    }

    @Test
    void whatWasMadeGoesWithTheProjectUnlessSomebodyPushedToIt() {
        EnsureRegistrySpace step = new EnsureRegistrySpace("registry", images(), POLICY, "acme/orders");
        EnsureRegistrySpaceRunner runner = new EnsureRegistrySpaceRunner(null, spaces(true, false), () -> false);
        Outcome ended = runner.run(step, null);
        harbor.projects.get("imaas-orders").put("repo_count", 1);
        assertThat(((Outcome.Succeeded) runner.undo(step, ended, null)).warnings())
                .singleElement()
                .matches(problem -> problem.what().contains("contains repositories"));

        harbor.projects.get("imaas-orders").put("repo_count", 0);
        assertThat(runner.undo(step, ended, null).effects())
                .extracting(Effect::kind)
                .containsExactly(Effect.Kind.DELETED);
        assertThat(harbor.projects).isEmpty();
    }

    @Test
    void aMissingPermissionIsNamed() {
        harbor.forbidden.add("POST projects");
        assertThat(failure(ensure()).sentence()).contains("lacks a permission", "project: create", "HARBOR");
        harbor.forbidden.clear();
        harbor.forbidden.add("GET quotas");
        Applied half = ensure();
        assertThat(failure(half).sentence()).contains("quota: list (of the system)");
        assertThat(half.effects()).extracting(Effect::kind).containsExactly(Effect.Kind.CREATED);

        RegistrySpaces wrong = new HarborSpaces(name -> Optional.of(new Secret("admin:wrong")), true, false);
        assertThat(failure(space(wrong, POLICY).ensure()).sentence())
                .contains("does not know our login", "user:password")
                .doesNotContain("wrong");
    }

    @Test
    void aQuotaBelowWhatIsThereIsRefusedAndOneThatHarborDoesNotKeepIsTold() {
        ensure();
        harbor.quotas.values().forEach(quota -> {
            quota.withObject("/hard").put("storage", -1);
            quota.withObject("/used").put("storage", TWENTY + 1);
        });
        assertThat(failure(ensure()).sentence()).contains("take " + (TWENTY + 1) + " bytes already");

        harbor.quotas.clear();
        assertThat(ensure().warnings()).singleElement().matches(problem -> problem.what()
                .contains("keeps no quotas"));
    }

    @Test
    void anotherKindOfRegistryHasNoSpaces() {
        assertThat(spaces(true, false).find(RegistryPolicy.USUAL, images(), "acme/orders"))
                .isEmpty();
    }

    /** Pull secrets in memory. */
    private static final class Kept implements PullSecrets {
        final Map<String, Account> secrets = new HashMap<>();

        @Override
        public Optional<PullSecrets.Kept> find(Place place) {
            return Optional.ofNullable(secrets.get(place.shown()))
                    .map(account -> new PullSecrets.Kept(account.login().user(), account.until()));
        }

        @Override
        public Effect keep(Place place, String registry, Account account) {
            Account before = secrets.put(place.shown(), account);
            return before == null
                    ? Effect.created("Secret", place.shown(), "")
                    : before.equals(account)
                            ? Effect.unchanged("Secret", place.shown())
                            : Effect.updated("Secret", place.shown(), "");
        }

        @Override
        public Effect remove(Place place) {
            secrets.remove(place.shown());
            return Effect.deleted("Secret", place.shown(), "");
        }
    }

    private EnsurePullSecret pull(String credential) {
        return pull(new PullPolicy("imaas-pull", credential, 90));
    }

    private EnsurePullSecret pull(PullPolicy policy) {
        return new EnsurePullSecret(
                "pull",
                new EnvironmentName("dev"),
                "orders-dev",
                OwnLabels.ofPlatform("acme"),
                images(),
                POLICY,
                policy,
                "acme/orders");
    }

    private EnsurePullSecretRunner runner(PullSecrets kept, boolean writes) {
        return new EnsurePullSecretRunner(
                spaces(writes, false), kept, name -> Optional.of(new Secret("reader:Given1234")), clock, writes);
    }

    @Test
    void aPullSecretIsRenewedInTimeAndTheFormerAccountIsLeftToEnd() {
        ensure();
        Kept kept = new Kept();
        assertThat(runner(kept, false).run(pull(""), null).effects())
                .extracting(Effect::kind)
                .containsExactly(Effect.Kind.CREATED);
        assertThat(harbor.robots).isEmpty();

        Outcome made = runner(kept, true).run(pull(""), null);
        String first = kept.secrets.get("orders-dev/imaas-pull").login().user();
        assertThat(first).startsWith("robot$imaas-orders+pull-dev-");
        assertThat(made.toString()).doesNotContain("Pass");
        assertThat(harbor.robots.values())
                .singleElement()
                .matches(robot -> robot.at("/permissions/0/access")
                                .toString()
                                .equals("[{\"action\":\"pull\",\"resource\":\"repository\"}]")
                        || robot.at("/permissions/0/access")
                                .toString()
                                .equals("[{\"resource\":\"repository\",\"action\":\"pull\"}]"));

        clock.pause(Duration.ofDays(59));
        assertThat(runner(kept, true).run(pull(""), null).effects()).noneMatch(Effect::isChange);
        clock.pause(Duration.ofDays(2));
        runner(kept, true).run(pull(""), null);
        assertThat(kept.secrets.get("orders-dev/imaas-pull").login().user()).isNotEqualTo(first);
        assertThat(harbor.robots).hasSize(2);
        clock.pause(Duration.ofDays(61));
        runner(kept, true).run(pull(""), null);
        assertThat(harbor.robots.values())
                .hasSize(2)
                .noneMatch(robot -> robot.path("name").asText().equals(first));

        runner(kept, true).run(pull(new PullPolicy("imaas-pull", "", 90).gone()), null);
        assertThat(kept.secrets).as("switched off").isEmpty();
    }

    @Test
    void anAccountWhoseSecretCouldNotBeWrittenIsTakenBackAndANewSecretToo() {
        ensure();
        Kept kept = new Kept();
        EnsurePullSecretRunner runner = runner(kept, true);
        runner.undo(pull(""), runner.run(pull(""), null), null);
        assertThat(kept.secrets).isEmpty();
        assertThat(harbor.robots).isEmpty();
    }

    /** Else the next run would find a fresh Secret, and nobody could pull with it. */
    @Test
    void aNewSecretWhoseAnswerWasLostGoesWithItsAccount() {
        ensure();
        Kept kept = new Kept();
        PullSecrets silent = new PullSecrets() {
            @Override
            public Optional<PullSecrets.Kept> find(Place place) {
                return kept.find(place);
            }

            @Override
            public Effect keep(Place place, String registry, Account account) {
                kept.keep(place, registry, account);
                throw FailureException.external("no answer", place.shown(), "", (Throwable) null);
            }

            @Override
            public Effect remove(Place place) {
                return kept.remove(place);
            }
        };
        EnsurePullSecretRunner runner = runner(silent, true);
        Outcome lost = runner.run(pull(""), null);
        assertThat(kept.secrets).hasSize(1);
        Outcome again = runner.run(pull(""), null).after(lost.effects());
        runner.undo(pull(""), again, null);
        assertThat(kept.secrets).isEmpty();
        assertThat(harbor.robots).isEmpty();
    }

    @Test
    void aGivenLoginIsKeptAsItIs() {
        Kept kept = new Kept();
        runner(kept, true).run(pull("PULL"), null);
        assertThat(kept.secrets.get("orders-dev/imaas-pull").login().user()).isEqualTo("reader");
        assertThat(runner(kept, true).run(pull("PULL"), null).effects()).noneMatch(Effect::isChange);
        assertThat(harbor.calls).isEmpty();
    }
}
