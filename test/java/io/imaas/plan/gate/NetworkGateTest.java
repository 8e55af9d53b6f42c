package io.imaas.plan.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.plan.gate.Answer.Closed;
import io.imaas.plan.gate.Answer.Open;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetworkGateTest {
    private final Gate gate = new NetworkGate();

    @Test
    void theChartsOwnPolicyWidensNothing() {
        assertThat(HostileValues.ask(gate)).isInstanceOf(Open.class);
    }

    @Test
    void callersThatNobodyReviewedAreRefused() {
        Closed closed = (Closed)
                HostileValues.ask(gate, "network: {allowFrom: [payments-prod], managementFrom: [attacker-prod]}\n");

        assertThat(closed.reason())
                .contains("NetworkPolicy/api spec.ingress[0].from[2].namespaceSelector.matchLabels."
                        + "kubernetes.io/metadata.name is 'payments-prod'")
                .contains("attacker-prod");
        assertThat(closed.whatOpensIt()).contains("an admin").contains("tenants/orders.yaml");
    }

    @Test
    void callsThatNobodyReviewedAreRefused() {
        Closed closed = (Closed) HostileValues.ask(
                gate, "network: {egress: [{cidr: 0.0.0.0/0, ports: [443]}, {namespace: shared, ports: [1]}]}\n");

        assertThat(closed.reason()).contains("ipBlock.cidr is '0.0.0.0/0'").contains("is 'shared'");
    }

    @Test
    void aHostThatTheTenantDoesNotHaveIsRefused() {
        Closed closed = (Closed)
                HostileValues.ask(gate, "ingress: {enabled: true, host: api.bank.example, path: /, tlsSecret: x}\n");

        assertThat(closed.reason())
                .contains("Ingress/api spec.rules[0].host is 'api.bank.example': the tenant serves no host");
    }

    @Test
    void aPolicyThatNamesNobodyOrSelectsOthersIsRefused() {
        Closed closed = (Closed) HostileValues.askAbout(
                gate,
                "networking.k8s.io/v1",
                "NetworkPolicy",
                "api",
                Map.of("spec", Map.of("podSelector", Map.of(), "egress", List.of(Map.of()))));

        assertThat(closed.reason())
                .contains("spec.podSelector.matchLabels is missing")
                .contains("spec.egress[0] is '{}': it names no peer, and that means all peers");
    }

    @Test
    void aServiceThatLeadsOutOfTheClusterIsRefused() {
        assertThat(HostileValues.askAbout(
                        gate, "v1", "Service", "api", Map.of("spec", Map.of("type", "ExternalName", "l", List.of()))))
                .isInstanceOf(Closed.class);
    }
}
