package io.imaas.adapter.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.model.failure.FailureException;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import io.imaas.port.ChartRenderer.Chart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;

/** Manifests of what ran before, which a tenant may write in any form: read by us as the cluster reads them, or refused. */
class KeptFormsTest {
    private static final String IMAGES = "registry.example.org/imaas/orders/api";
    private static final String REFUSED = "refused";
    private static final HelmRenderer HELM = new HelmRenderer();

    /**
     * As it is, we read the text ourselves; with another release, Go's YAML has read it before. Forms in which one of the
     * two sees zero, true or a text where the other sees something else.
     */
    @Test
    void whatWeReadIsWhatGoReads() {
        for (String form : List.of(
                "0.0",
                "-0.0",
                "0e0",
                "1e3",
                "1E3",
                "1.0",
                "3.0e0",
                "100000000000000000000.0",
                "1e21",
                "1e-7",
                ".5",
                "0x10",
                "0777",
                "0o17",
                "0b11",
                "1_000",
                "0_777",
                "1.5e_3",
                "1.5e3_",
                "+_2",
                "_2",
                ".71_",
                ".1_2",
                "0xfffffffffffffffff",
                "18446744073709551615",
                "+1",
                "-0",
                "08",
                "1:30",
                "2001-01-01",
                "2001-12-14t21:59:43.10-05:00",
                "yes",
                "on",
                "No",
                "y",
                "OFF",
                "~",
                "null",
                "Null",
                "TRUE",
                "!!str 5",
                "!!int \"5\"",
                "!!float 5",
                "!!bool yes",
                "!!str yes",
                "&a 1",
                "=",
                "a\u00a0b",
                "'a\tb'",
                "\"a\\rb\"",
                "\"\\U0001F600\"",
                "\"\\0\"",
                "\"\\x1b\"",
                "|-\n    a\r\n    b",
                "{<<: {a: 1}, a: 2}",
                "[&x {b: 1}, *x]",
                "{a: 0644, b: [on, {c: 0.0}]}",
                "{a: \"b:\", \"c\":[1], d: [e:f], g: 'h?'}")) {
            assertThat(asItRan(form)).as(form).isNotEqualTo(REFUSED).isEqualTo(released(form));
        }
        assertThat(asItRan("0.0")).isEqualTo(0);
        assertThat(asItRan("0644")).isEqualTo(420);
    }

    @Test
    void whatTwoReadersMayReadDifferentlyIsRefused() {
        for (String form : List.of(
                "!!binary VW5jb25maW5lZA==",
                "!!set {a, b}",
                "!!omap [a: 1]",
                "!x 5",
                "!!bool maybe",
                "!!null 5",
                "!!null [1]",
                "!!int [1]",
                "\uFEFFx",
                "'\u0085'",
                "a\u2028b",
                "\"\u007f\"",
                "!!int five",
                "1e400",
                ".inf",
                ".nan",
                "{a: 1, a: 2}",
                "{\"a\": 1, 'a': 2}",
                "{1: a}",
                "{yes: a}",
                "{null: a}",
                "{!!binary YQ==: 1}",
                "*nowhere",
                "<<",
                "\"\\ud83d\\ude00\"",
                "&a [*a]",
                "[b:, x]",
                "[b:]",
                "{b::, c: 1}",
                "{c: [b:]}",
                "{b:[1]}",
                "[a,\n   b\n   c:, d]",
                "[é\uD83D\uDE00:, x]",
                "[?a]",
                "[a ? b]",
                "{a: http://x/?b}",
                "%")) {
            assertThat(asItRan(form)).as(form).isEqualTo(REFUSED);
        }
    }

    /** What reaches {@code kept.manifests} only because a tenant says that an admin agreed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "global: {adopted: true}",
                "global: &g {adopted: true}\nconfig: {a: x}",
                "\"gl\\x6fbal\": {\"adopt\\u0065d\": !!str true}",
                "? global\n: {adopted: [true]}",
                "global: {adopted: true}\nenvironment: test",
                "global: null",
                "global: {adopted: true}\nglobal: {adopted: true}"
            })
    void noValuesClaimThatTheServiceWasAdopted(String claim) {
        assertThatThrownBy(() -> render(false, 'a', claim + "\n", kept("1")))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("in tenants/orders.yaml the service api has no entry 'adopt' for dev");
        assertThat(render(true, 'a', claim + "\n", kept("1"))).isEqualTo(1);
    }

    private static Object asItRan(String form) {
        return read('a', form);
    }

    private static Object released(String form) {
        return read('b', form);
    }

    private static Object read(char digit, String form) {
        try {
            return render(true, digit, kept(form));
        } catch (FailureException refused) {
            return REFUSED;
        }
    }

    private static Object render(boolean adopted, char digit, String... more) {
        String release = "image: {repository: " + IMAGES + ", digest: \"sha256:"
                + String.valueOf(digit).repeat(64) + "\"}\n";
        List<String> files = new ArrayList<>(List.of("type: gateway\n", release));
        files.addAll(Arrays.asList(more));
        return HELM.render(Chart.of(
                        "resources/helm/mi-service",
                        new TenantName("orders"),
                        new ServiceName("api"),
                        new EnvironmentName("dev"),
                        adopted,
                        files))
                .get(0)
                .fields()
                .get("x");
    }

    private static String kept(String form) {
        String manifests = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: api}\nx: " + form + "\n";
        return new Dump(DumpSettings.builder().build())
                .dumpToString(Map.of(
                        "kept",
                        Map.of("manifests", manifests, "image", "x", "release", IMAGES + "@sha256:" + "a".repeat(64))));
    }
}
