package io.imaas.step.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.image.ImageRef;
import io.imaas.model.rollout.Release;
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
import io.imaas.plan.step.AwaitRollout;
import io.imaas.port.PullRequests;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepOutput;
import io.imaas.run.StepRunner;
import io.imaas.testing.Tenants;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ShownRolloutRunnerTest {
    private static final CommitId SOURCE = new CommitId("c".repeat(40));
    private static final Outcome WAITING = new Outcome.Waiting("pods start", Duration.ofSeconds(1));
    private static final Outcome FAILED =
            Outcome.failed(new Failure(FailureKind.FAILED, "api in prod is degraded", "", "roll back"));

    private static final EnvironmentName PROD = new EnvironmentName("prod");

    private final ServiceName service = new ServiceName("api");
    private final RepositoryUrl sources = new RepositoryUrl("https://git.example.org/orders/api.git");
    private final Tenant tenant = Tenants.tenant(
            new TenantName("orders"),
            "Orders",
            List.of("@acme/leads"),
            "orders@example.org",
            new RepositoryUrl("https://git.example.org/orders/gitops.git"),
            List.of(new Environment(PROD, List.of(), 1, List.of(), Duration.ZERO, false, false)),
            new Quota("1", "1Gi", 5),
            List.of(),
            List.of(new Service(service, sources, ServiceType.WORKER, List.of(PROD))));
    private final List<String> shown = new ArrayList<>();
    private final List<String> logged = new ArrayList<>();

    @Test
    void theBeginAndTheEndAreShownOnceAtTheServicesOwnRepository() {
        assertThat(run(SOURCE, WAITING, WAITING, Outcome.done(null, List.of()))).isInstanceOf(Outcome.Succeeded.class);

        assertThat(shown).containsExactly(sources + " orders/prod/api PENDING", sources + " orders/prod/api SUCCESS");
    }

    @Test
    void whatFailsIsShownAndWhatIsOvertakenIsNot() {
        run(SOURCE, FAILED);
        run(SOURCE, Outcome.skipped("superseded"));

        assertThat(shown)
                .extracting(line -> line.replaceAll(".* ", ""))
                .containsExactly("PENDING", "FAILURE", "PENDING");
    }

    @Test
    void aReleaseOfWhichNobodyKnowsTheSourcesIsNotShown() {
        run(null, Outcome.done(null, List.of()));

        assertThat(shown).isEmpty();
    }

    @Test
    void aServerThatRefusesIsToldInTheLogAndChangesNothing() {
        shown.add("refuse");

        assertThat(run(SOURCE, Outcome.done(null, List.of()))).isInstanceOf(Outcome.Succeeded.class);
        assertThat(logged).hasSize(2).last().asString().contains("success can't be shown on", "no right");
    }

    private Outcome run(CommitId source, Outcome... answers) {
        Deque<Outcome> left = new ArrayDeque<>(List.of(answers));
        ShownRolloutRunner runner = new ShownRolloutRunner(tenant, rollout(left), url -> Optional.of(server(url)));
        Context context = new Context(source);
        AwaitRollout step =
                new AwaitRollout("rollout", tenant.name(), service, PROD, "change", null, Duration.ofMinutes(1));
        Outcome outcome = runner.run(step, context);
        while (!left.isEmpty()) {
            outcome = runner.run(step, context);
        }
        return outcome;
    }

    private static StepRunner<AwaitRollout> rollout(Deque<Outcome> answers) {
        return new StepRunner<>() {
            @Override
            public Class<AwaitRollout> kind() {
                return AwaitRollout.class;
            }

            @Override
            public Outcome run(AwaitRollout step, StepContext context) {
                return answers.remove();
            }
        };
    }

    private PullRequests server(RepositoryUrl url) {
        return (PullRequests) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {PullRequests.class}, (proxy, method, arguments) -> {
                    if (shown.contains("refuse")) {
                        throw FailureException.policy("no right to write deployments", "", "");
                    }
                    PullRequests.Deployment deployment = (PullRequests.Deployment) arguments[0];
                    assertThat(deployment.commit()).isEqualTo(SOURCE);
                    shown.add(url + " " + deployment.environment() + " " + deployment.state());
                    return null;
                });
    }

    private final class Context implements StepContext {
        private final CommitId source;
        private Object kept;

        Context(CommitId source) {
            this.source = source;
        }

        @Override
        public <T extends StepOutput> T output(String stepId, Class<T> type) {
            ImageRef image = ImageRef.parse("registry.example.org/acme/api@sha256:" + "a".repeat(64));
            return type.cast(new StepOutput.ChangeLanded(
                    new CommitId("d".repeat(40)), new Release(service, "1.0", source, null, image)));
        }

        @Override
        public Optional<Outcome> outcome(String stepId) {
            return Optional.empty();
        }

        @Override
        public <T> T kept(Class<T> type, Supplier<T> first) {
            kept = kept == null ? first.get() : kept;
            return type.cast(kept);
        }

        @Override
        public void log(String line) {
            logged.add(line);
        }
    }
}
