package io.imaas.adapter.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.model.failure.FailureException;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPatternTest {
    private static final RolloutTarget TARGET = new RolloutTarget(
            new TenantName("orders"),
            new ServiceName("order-api"),
            new EnvironmentName("test"),
            "orders",
            "orders-test-order-api",
            null,
            "",
            null,
            null,
            Duration.ofMinutes(1),
            null,
            null);

    @Test
    void everyPlaceIsFilledIn() {
        assertThat(AddressPattern.USUAL.at(TARGET)).hasToString("https://order-api-mgmt.orders-test.svc:9164");
        assertThat(new AddressPattern("https://mi.{environment}.acme.example/{tenant}/{service}").at(TARGET))
                .hasToString("https://mi.test.acme.example/orders/order-api");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "order-api:9164",
                "https://{servce}.svc:9164",
                "https://admin:admin@{service}.svc",
                "https://{service}.svc/?a=b",
                "https://a b"
            })
    void whatIsNoAddressIsRefusedBeforeAnybodyIsAsked(String text) {
        assertThatThrownBy(() -> new AddressPattern(text)).isInstanceOf(FailureException.class);
    }
}
