package io.imaas.adapter.argocd;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.rollout.RolloutOutcome.Verdict;
import io.imaas.model.rollout.RolloutStatus;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.testing.RealServer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /** Nothing that was waited for named it when it was away. */
    @Test
    void redisThatIsAwayForHalfAMinuteCostsTimeAndNotTheRun() throws Exception {
        liveAfterItWasAway("redis");
    }

    /** @return what was waited for meanwhile */
    private Set<String> liveAfterItWasAway(String part) throws Exception {
        String control = RealServer.variable("IMAAS_REAL_CONTROL");
        control(control, "stop", part);
        Set<String> said = new LinkedHashSet<>();
        try {
            RolloutTarget target = target(release("b2", 1), "b2", Duration.ofMinutes(10));
            await(target, said, Instant.now().plus(AWAY));
        } finally {
            control(control, "start", part);
        }
        RolloutTarget target = target(git.at(url).head(BRANCH).orElseThrow(), "b2", Duration.ofMinutes(10));
        RolloutStatus status = await(target, said, Instant.now().plusSeconds(120));
        assertThat(status).as(said.toString()).isInstanceOf(RolloutStatus.Ended.class);
        assertThat(((RolloutStatus.Ended) status).outcome().verdict())
                .as(status.toString())
                .isEqualTo(Verdict.LIVE);
        return said;
    }

    /** Until it ends or time is up, with all that was waited for. */
    private RolloutStatus await(RolloutTarget target, Set<String> said, Instant end) throws InterruptedException {
        RolloutStatus status = deployments.follow(target);
        while (status instanceof RolloutStatus.InProgress progress
                && Instant.now().isBefore(end)) {
            said.add(progress.waitingFor());
            TimeUnit.MILLISECONDS.sleep(100);
            status = deployments.follow(target);
        }
        return status;
    }

    private static void control(String program, String what, String part) throws Exception {
        int code = new ProcessBuilder(program, what, part).inheritIO().start().waitFor();
        assertThat(code).as(what + " " + part).isZero();
    }
}
