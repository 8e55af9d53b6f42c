package io.imaas.plan.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.failure.Location;
import io.imaas.model.failure.Place;
import io.imaas.model.policy.AdmissionPolicy.Expression;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.HttpGate;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.gate.Answer.Closed;
import io.imaas.plan.gate.Answer.Open;
import io.imaas.plan.promotion.Scene;
import io.imaas.plan.snapshot.HttpGateFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExternalGateTest {
    private static final Location WHERE = new Location("platform.yaml", 9, 5);
    private static final HttpGate TICKET = new HttpGate(
            "ticket",
            WHERE,
            List.of(new EnvironmentName("prod")),
            new HttpGate.Call("GET", "https://c.example.org/", Map.of(), "", "", HttpGate.Login.BEARER),
            new Expression("open", "true", WHERE),
            null,
            Duration.ofMinutes(5),
            Duration.ofDays(1),
            null);

    private static Answer ask(String to, HttpGateFacts... facts) {
        return new ExternalGate()
                .ask(new Scene()
                        .runs("api", "dev", "1.0.0", HealthRecord.Status.HEALTHY)
                        .asks(TICKET, facts)
                        .question(Occasion.PROMOTION, "api", "dev", to));
    }

    private static HttpGateFacts facts(boolean open, Failure unanswered) {
        return facts(open, unanswered, null);
    }

    private static HttpGateFacts facts(boolean open, Failure unanswered, Instant asked) {
        return new HttpGateFacts(
                new HttpGateFacts.About(new ServiceName("api"), "ticket", "f".repeat(64), Map.of(), asked),
                open,
                false,
                "CHG-42; HTTP 200",
                unanswered);
    }

    @Test
    void otherEnvironmentsAreNotAsked() {
        assertThat(ask("test")).isEqualTo(Answer.notAsked());
    }

    @Test
    void aYesOpensItAndIsEvidence() {
        assertThat(((Open) ask("prod", facts(true, null))).evidence()).isEqualTo("ticket: CHG-42; HTTP 200");
    }

    @Test
    void aNoClosesItUntilItIsAskedAgain() {
        Closed closed = (Closed) ask("prod", facts(false, null));

        assertThat(closed.reason()).isEqualTo("ticket: CHG-42; HTTP 200");
        assertThat(closed.kind()).isEqualTo(FailureKind.POLICY);
        assertThat(closed.waitsFor()).isEqualTo(Answer.WaitsFor.REPLY);
        assertThat(closed.askAgainAt()).isNotNull();
    }

    @Test
    void whatWaitedTooLongIsClosedForGood() {
        Instant now =
                new Scene().question(Occasion.PROMOTION, "api", "dev", "prod").now();
        Closed over = (Closed) ask("prod", facts(false, null, now.minus(Duration.ofDays(1))));

        assertThat(over.reason()).contains("had time until", "is not asked any more");
        assertThat(over.whatOpensIt()).contains("'timeout' of the gate in platform.yaml:9:5");
        assertThat(over.askAgainAt()).isNull();
        assertThat(((Closed) ask("prod", facts(false, null, now.minus(Duration.ofHours(23))))).askAgainAt())
                .isNotNull();
    }

    @Test
    void noAnswerClosesItWithTheExitCodeOfThatFailure() {
        Closed closed = (Closed) ask("prod", facts(false, new Failure(FailureKind.EXTERNAL, "it is down", "c", "")));

        assertThat(closed.kind()).isEqualTo(FailureKind.EXTERNAL);
        assertThat(closed.reason()).isEqualTo("ticket: c: it is down");
    }

    @Test
    void aDoorThatDidNotAskLetsNothingThrough() {
        assertThat(((Closed) ask("prod")).reason()).isEqualTo("ticket: platform.yaml:9:5: it was not asked here");
    }

    @Test
    void aSystemThatAsksForMoreTimeThanUsualGetsIt() {
        Failure busy = new Failure(
                FailureKind.EXTERNAL, "it answers with HTTP 429", Place.Named.NONE, "", Duration.ofMinutes(15));

        Answer answer = ask("prod", facts(false, busy));

        assertThat(((Answer.Closed) answer).askAgainAt()).isEqualTo(Scene.NOW.plus(Duration.ofMinutes(15)));
    }
}
