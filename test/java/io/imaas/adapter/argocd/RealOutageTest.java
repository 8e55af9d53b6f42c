package io.imaas.adapter.argocd;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.argocd.api.ServerSettings;
import io.imaas.model.identity.Secret;
import io.imaas.model.rollout.RolloutOutcome.Verdict;
import io.imaas.model.rollout.RolloutStatus;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.testing.LeastRights;
import io.imaas.testing.RealServer;
import io.imaas.testing.SlowServer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Parts of a real Argo CD, and the API server, killed and started again in the middle of a rollout.
 * {@code IMAAS_REAL_CONTROL} names a program that takes {@code stop} or {@code start} and the part.
 */
@Tag("real")
class RealOutageTest extends RealArgoCdScene {
    private static final Duration AWAY = Duration.ofSeconds(30);

    @ParameterizedTest
    @CsvSource({
        "application-controller, application controller",
        "repo-server, repo-server",
        "argocd-server, Argo CD at http",
        "kube-apiserver, Kubernetes"
    })
    void aPartThatIsAwayForHalfAMinuteIsNamedAndCostsTimeAndNotTheRun(String part, String named) throws Exception {
        assertThat(liveAfterItWasAway(part))
                .anySatisfy(words -> assertThat(words).contains(named));
    }

    /** The rollout that needs nothing of it meanwhile comes live without a word. */
    @Test
    void redisThatIsAwayForHalfAMinuteCostsTimeAndNotTheRun() throws Exception {
        liveAfterItWasAway("redis");
    }

    @Test
    void redisThatIsAwayForLongerIsNamed() throws Exception {
        assertThat(liveAfterItWasAway("redis", Duration.ofSeconds(100)))
                .anySatisfy(words -> assertThat(words).contains("Argo CD gets no answer from its Redis"));
    }

    @Test
    void theRepoServerKilledWhilePodsStartCostsTimeAndNotTheRun() throws Exception {
        RolloutTarget target = target(release("5100", 1), "5100", Duration.ofMinutes(10));
        Set<String> said = new LinkedHashSet<>();
        await(target, said, "Waiting for rollout to finish");
        RealServer.control("stop", "repo-server");
        try {
            await(target, said, Instant.now().plus(AWAY));
        } finally {
            RealServer.control("start", "repo-server");
        }
        RolloutStatus status = await(target, said, Instant.now().plusSeconds(60));
        assertThat(status.toString()).as(said.toString()).contains("verdict=LIVE");
    }

    @Test
    void aTokenThatIsWithdrawnInTheMiddleEndsTheRolloutAtOnceWithTheServersWords() throws Exception {
        try (LeastRights account = new LeastRights(name, List.of())) {
            Secret token = new Secret(account.make(temp).get("IMAAS_ARGOCD_TOKEN"));
            try (ArgoCdDeployments own =
                    follower(new ServerSettings(URI.create(RealServer.variable("IMAAS_REAL_ARGOCD")), token, ""))) {
                ArgoCdDeployments admin = deployments;
                deployments = own;
                RolloutTarget target = target(release("5100", 1), "5100", Duration.ofMinutes(10));
                Set<String> said = new LinkedHashSet<>();
                await(target, said, "Waiting for rollout to finish");
                account.withdraw();
                RolloutStatus status = await(target, said, Instant.now().plusSeconds(30));
                deployments = admin;
                assertThat(status.toString()).as(said.toString()).contains("verdict=REFUSED", "token");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 10})
    void anArgoCdWhoseAnswersComeLateCostsTimeAndNotTheRun(int seconds) throws Exception {
        URI server = URI.create(RealServer.variable("IMAAS_REAL_ARGOCD"));
        Secret token = new Secret(RealServer.variable("IMAAS_REAL_ARGOCD_TOKEN"));
        try (SlowServer slow = new SlowServer(server, Duration.ofSeconds(seconds));
                ArgoCdDeployments late = follower(new ServerSettings(slow.address(), token, ""))) {
            ArgoCdDeployments near = deployments;
            deployments = late;
            Set<String> said = new LinkedHashSet<>();
            Instant begin = Instant.now();
            RolloutStatus status =
                    await(target(release("b2", 1), "b2", Duration.ofMinutes(10)), said, begin.plusSeconds(150));
            RolloutStatus bad = await(
                    target(release("dead", 1), "dead", Duration.ofMinutes(10)),
                    said,
                    Instant.now().plusSeconds(150));
            deployments = near;
            assertThat(status.toString()).as(said.toString()).contains("verdict=LIVE");
            assertThat(bad.toString()).as(said.toString()).contains("verdict=DEGRADED", "ImagePull");
        }
    }

    /** Until it waits for this. */
    private void await(RolloutTarget target, Set<String> said, String words) throws InterruptedException {
        await(() -> {
            if (deployments.follow(target) instanceof RolloutStatus.InProgress progress) {
                said.add(progress.waitingFor());
            }
            return said.stream().anyMatch(waiting -> waiting.contains(words));
        });
    }

    private Set<String> liveAfterItWasAway(String part) throws Exception {
        return liveAfterItWasAway(part, AWAY);
    }

    /** @return what was waited for meanwhile */
    private Set<String> liveAfterItWasAway(String part, Duration away) throws Exception {
        RealServer.control("stop", part);
        Set<String> said = new LinkedHashSet<>();
        try {
            RolloutTarget target = target(release("b2", 1), "b2", Duration.ofMinutes(10));
            await(target, said, Instant.now().plus(away));
        } finally {
            RealServer.control("start", part);
        }
        RolloutTarget target = target(git.at(url).head(BRANCH).orElseThrow(), "b2", Duration.ofMinutes(10));
        RolloutStatus status = await(target, said, Instant.now().plusSeconds(120));
        assertThat(status).as(said.toString()).isInstanceOf(RolloutStatus.Ended.class);
        assertThat(((RolloutStatus.Ended) status).outcome().verdict())
                .as(status.toString())
                .isEqualTo(Verdict.LIVE);
        return said;
    }
}
