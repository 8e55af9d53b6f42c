package io.imaas.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Windows;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WindowFieldsTest {
    private static Windows windows(String policy, String environment) {
        return CatalogReader.read(Map.of(
                        "platform.yaml",
                        "platform: acme\ntimezone: Europe/Berlin\nregistries: [registry.example.org/acme]\npolicy: {"
                                + policy + "}\ndefaults: {quota: {cpu: 8, memory: 16Gi, pods: 20}}\n",
                        "tenants/orders.yaml",
                        "tenant: orders\nowners: [\"@acme/leads\"]\ncontact: a@example.org\n"
                                + "gitops: https://git.example.org/orders.git\nenvironments: [{name: dev}, {name: test, "
                                + environment + "}]\nservices: []\n"))
                .orThrow()
                .tenants()
                .get(0)
                .environment(new EnvironmentName("test"))
                .orElseThrow()
                .windows();
    }

    @Test
    void thePlatformsHoursAndTheTenantsBothHold() {
        Windows both = windows(
                "windows: [{environments: [test], deny: \"Fri\"}, {environments: [prod], allow: \"Sat\"}]",
                "windows: [{allow: \"Mon-Fri 09:00-16:00\"}, {allow: \"Sun 12:00-13:00\", zone: UTC}]");

        assertThat(both.open(Instant.parse("2026-11-26T08:00:00Z"))).isTrue();
        assertThat(both.open(Instant.parse("2026-11-27T08:00:00Z"))).isFalse();
        assertThat(both.opening(Instant.parse("2026-11-27T08:00:00Z"))).contains(Instant.parse("2026-11-29T12:00:00Z"));
        assertThat(windows("windows: [{environments: [prod], allow: \"Sat\"}]", "soak: 1h"))
                .isEqualTo(Windows.ALWAYS);
    }

    @Test
    void whatIsWrongIsSaidWithItsLine() {
        assertThatThrownBy(() -> windows("", "windows: [{allow: \"Mon 9-16\"}]"))
                .hasMessageContaining("tenants/orders.yaml:5")
                .hasMessageContaining("'Mon 9-16' is not a window");
        assertThatThrownBy(() -> windows("", "windows: [{zone: UTC}]")).hasMessageContaining("either allows or denies");
        assertThatThrownBy(() -> windows("", "windows: [{allow: Mon, zone: Europe/Berln}]"))
                .hasMessageContaining("'Europe/Berln' is not a time zone");
        assertThatThrownBy(() -> windows("windows: [{deny: daily}]", "windows: [{allow: Mon}]"))
                .hasMessageContaining("nothing can ever come to 'test'");
    }
}
