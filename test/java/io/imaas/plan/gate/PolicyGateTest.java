package io.imaas.plan.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.failure.Location;
import io.imaas.model.kubernetes.Manifests;
import io.imaas.model.policy.PolicyVerdict;
import io.imaas.model.policy.PolicyVerdict.Kind;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.gate.Answer.Closed;
import io.imaas.plan.gate.Answer.Open;
import io.imaas.plan.promotion.Scene;
import io.imaas.plan.snapshot.RenderFacts;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyGateTest {
    private static Answer ask(List<PolicyVerdict> verdicts) {
        Scene scene = new Scene().runs("api", "dev", "1.0.0", HealthRecord.Status.HEALTHY);
        scene.rendered(new RenderFacts(
                new ServiceName("api"), "", List.of(), List.of(), new Manifests(List.of()), verdicts, List.of()));
        return new PolicyGate().ask(scene.question(Occasion.PROMOTION, "api", "dev", "test"));
    }

    private static PolicyVerdict verdict(Kind kind) {
        return new PolicyVerdict(
                kind, "limits", "all", "Deployment/api", "too many", new Location("policies/limits.yaml", 9, 5));
    }

    @Test
    void aPlatformWithoutPoliciesIsNotAsked() {
        assertThat(ask(null)).isEqualTo(Answer.notAsked());
    }

    @Test
    void whatAPolicyDeniesSaysWhichRuleAndWhere() {
        Closed closed = (Closed) ask(List.of(verdict(Kind.WARNED), verdict(Kind.DENIED)));

        assertThat(closed.reason()).isEqualTo("Deployment/api: policy 'limits' with binding 'all' denies it: too many");
        assertThat(closed.whatOpensIt())
                .isEqualTo("change the values of api; an admin may change the rule in policies/limits.yaml:9:5");
    }

    @Test
    void whatCanNotBeAskedClosesTheGate() {
        assertThat(((Closed) ask(List.of(verdict(Kind.UNKNOWN)))).reason()).contains("can't be asked here: too many");
    }

    @Test
    void warningsAreToldAndOpenTheGate() {
        assertThat(((Open) ask(List.of(verdict(Kind.WARNED)))).evidence()).contains("warns: too many");
    }
}
