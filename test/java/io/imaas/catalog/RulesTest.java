package io.imaas.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.imaas.model.failure.Problem;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One fault in an otherwise sound platform repository: the one problem, its place, and the words that help. */
class RulesTest {
    private static final String O = Acme.ORDERS;
    private static final String P = Acme.PLATFORM;
    private static final String PAY = Acme.PAYMENTS;
    private static final String API = "https://github.com/acme/order-api.git";

    @ParameterizedTest(name = "{0} {2} -> {4}")
    @MethodSource({"structure", "onboarding", "yaml", "values", "acrossEnvironments", "acrossTenants"})
    void oneFaultIsOneProblemAtItsPlace(
            String file, String piece, String replacement, String where, String rule, String words) {
        Read<?> read =
                CatalogReader.read(new Acme().edit(file, piece, replacement).files());

        List<Problem> problems = read.problems();
        assertThat(problems).describedAs("%s", problems).hasSize(1);
        Problem problem = problems.get(0);
        assertThat(problem.where() + " " + problem.rule()).isEqualTo(file + ":" + where + " " + rule);
        assertThat(problem.what() + " (" + problem.fix() + ")").contains(words);
        assertThat(read instanceof Read.Bad).isEqualTo(problem.isError());
    }

    static Stream<Arguments> onboarding() {
        String service = "  - name: order-api\n";
        return Stream.of(
                arguments(
                        P,
                        "timezone:",
                        "onboarding: {off: [monitorin]}\ntimezone:",
                        "7:20",
                        "unknown-word",
                        "did you mean 'monitoring'?"),
                arguments(
                        P,
                        "timezone:",
                        "onboarding: {pullSecret: {name: imaas-pull}}\ntimezone:",
                        "7:26",
                        "pull-credential",
                        "registry: {kind: harbor}"),
                arguments(
                        P,
                        "timezone:",
                        "onboarding: {gateway: {namespace: g, name: p, jwt: {issuer: a, jwks: \"https://a/k\"}}}\ntimezone:",
                        "7:52",
                        "gateway-kind",
                        "kind: envoy"),
                arguments(
                        O,
                        service,
                        service + "    secrets: [{name: A, key: ../payments/db}]\n",
                        "21:30",
                        "bad-value",
                        "without dots between slashes"),
                arguments(
                        O,
                        service,
                        service + "    secrets: [{name: A, key: a}, {name: A, key: b}]\n",
                        "21:41",
                        "duplicate-secret",
                        "'A' is there twice"),
                arguments(
                        O,
                        service,
                        service + "    routes: [{environment: qa, hosts: [a.example.org]}]\n",
                        "21:28",
                        "unknown-environment",
                        "does not go through 'qa'"));
    }

    static Stream<Arguments> structure() {
        return Stream.of(
                arguments(O, "displayName:", "dispalyName:", "3:1", "unknown-key", "did you mean 'displayName'?"),
                arguments(O, "    approvers:", "    Approvers:", "11:5", "unknown-key", "did you mean 'approvers'?"),
                arguments(O, "quota:", "replicas: 3\nquota:", "17:1", "unknown-key", "belongs to 'environments[]'"),
                arguments(O, "quota:", "a/b~c: 3\nquota:", "17:1", "unknown-key", "'a/b~c'"),
                arguments(O, "cpu: 8, ", "gpu: 8, ", "17:9", "unknown-key", "did you mean 'cpu'?"),
                arguments(P, "timezone:", "time-zone:", "7:1", "unknown-key", "did you mean 'timezone'?"),
                arguments(PAY, "gitops: git@github.com:acme/imaas-payments.git\n", "", "1:1", "missing-key", "gitops"),
                arguments(O, ", reason: year end", "", "16:14", "missing-key", "'reason' is missing in 'freeze'"),
                arguments(P, "platform: acme-imaas\n", "", "2:1", "missing-key", "platform: acme-imaas"),
                arguments(
                        P,
                        "timezone:",
                        "charts: {dev: latest}\ntimezone:",
                        "7:15",
                        "bad-chart",
                        "oci://HOST/PATH@sha256"),
                arguments(
                        P,
                        "timezone:",
                        "charts: {dev: \"oci://evil.example.org/c@sha256:" + "a".repeat(64) + "\"}\ntimezone:",
                        "7:15",
                        "chart-source",
                        "none of the registries"),
                arguments(
                        P,
                        "timezone:",
                        "charts: {dev: \"oci://registry.example.org/c:1.0\"}\ntimezone:",
                        "7:15",
                        "bad-chart",
                        "digest"),
                arguments(
                        P,
                        "timezone:",
                        "charts: {dev: {git: https://git.example.org/c.git, commit: main}}\ntimezone:",
                        "7:60",
                        "bad-commit",
                        "all 40"),
                arguments(
                        P,
                        "timezone:",
                        "charts: {dev: {git: https://git.example.org/c.git}}\ntimezone:",
                        "7:15",
                        "missing-key",
                        "'commit'"),
                arguments(
                        P,
                        "  noTests:",
                        "  directChanges: undo\n  noTests:",
                        "9:18",
                        "unknown-word",
                        "allow, flag, revert"),
                arguments(P, "  noTests:", "  stoppedBy: \"@jane\"\n  noTests:", "9:14", "useless-stopped-by", "does"),
                arguments(O, "quota:", "stoppedBy: \"@jane\"\nquota:", "17:12", "useless-stopped-by", "why"),
                arguments(O, "quota:", "offboarding: {from: 2026-12-31}\nquota:", "17:14", "missing-key", "'reason'"),
                arguments(
                        O,
                        "quota:",
                        "offboarding: {form: 2026-12-31, from: 2026-12-31, reason: sold}\nquota:",
                        "17:15",
                        "unknown-key",
                        "did you mean 'from'?"),
                arguments(
                        O,
                        "quota:",
                        "offboarding: {from: 2026-02-30, reason: sold}\nquota:",
                        "17:21",
                        "bad-date",
                        "is not a day of the calendar"),
                arguments(P, "  noTests:", "  images: {check: no}\n  noTests:", "9:19", "unknown-word", "optional"),
                arguments(
                        P,
                        "  noTests:",
                        "  images: {signedBy: [{name: a}]}\n  noTests:",
                        "9:30",
                        "bad-key",
                        "write key"),
                arguments(
                        P,
                        "  noTests:",
                        "  images: {signedBy: [{name: a, keyless: {issuer: i, identity: me}}]}\n  noTests:",
                        "9:42",
                        "missing-file",
                        "trusted_root.json"),
                arguments(
                        P,
                        "  noTests:",
                        "  images: {signedBy: [{name: a, key: nonsense}]}\n  noTests:",
                        "9:38",
                        "bad-key",
                        "cosign.pub"),
                arguments(O, "replicas: 3 ", "replicas: three ", "12:15", "wrong-type", "whole number, but is 'three'"),
                arguments(
                        P,
                        "policy:",
                        "gateHosts: [t.example.org]\ngates:\n  - name: a\n    environments: [prod]\n    open: 'true'\n"
                                + "    http: {url: 'https://t.example.org/{service}'}\npolicy:",
                        "13:17",
                        "gate-host",
                        "write https://t.example.org/${service}"),
                arguments(
                        O,
                        "quota: ",
                        "\u00a0quota: ",
                        "17:1",
                        "unknown-key",
                        "a space in it is none of the keyboard's"),
                arguments(O, "replicas: 3 ", "replicas: \"3\" ", "12:15", "wrong-type", "write 3"),
                arguments(O, "replicas: 3 ", "replicas: 4.0 ", "12:15", "wrong-type", "without point"),
                arguments(O, "replicas: 3 ", "replicas: 1e1 ", "12:15", "wrong-type", "whole number"),
                arguments(O, "replicas: 3 ", "replicas: 3.5 ", "12:15", "wrong-type", "round it"),
                arguments(O, "replicas: 3 ", "replicas: .inf ", "12:15", "wrong-type", ".inf"),
                arguments(O, "replicas: 3 ", "replicas: .NaN ", "12:15", "wrong-type", ".NaN"),
                arguments(O, "replicas: 3 ", "replicas: ", "12:14", "wrong-type", "has no value"),
                arguments(O, "replicas: 3 ", "replicas: " + "9".repeat(60) + " ", "12:15", "wrong-type", "999"),
                arguments(O, "replicas: 3 ", "replicas: 101 ", "12:15", "out-of-range", "at most 100"),
                arguments(
                        O,
                        "pullRequests: true",
                        "pullRequests: yes",
                        "14:19",
                        "wrong-type",
                        "write true, without quotes"),
                arguments(
                        O,
                        "pullRequests: true",
                        "pullRequests: off",
                        "14:19",
                        "wrong-type",
                        "write false, without quotes"),
                arguments(O, "pullRequests: true", "pullRequests: \"true\"", "14:19", "wrong-type", "without quotes"),
                arguments(O, "pullRequests: true", "pullRequests: 7", "14:19", "wrong-type", "write true or false"),
                arguments(O, "displayName: Order management", "displayName: 007", "3:14", "wrong-type", "\"007\""),
                arguments(O, "displayName: Order management", "displayName: 1.10", "3:14", "wrong-type", "\"1.10\""),
                arguments(O, "displayName: Order management", "displayName: ''", "3:14", "empty-value", "is empty"),
                arguments(O, "displayName: Order", "displayName: " + "x".repeat(120), "3:14", "too-long", "131"),
                arguments(PAY, "[\"@acme/payments\"]", "\"@acme/payments\"", "2:9", "wrong-type", "must be a list"),
                arguments(PAY, "[\"@acme/payments\"]", "{a: b}", "2:9", "wrong-type", "must be a list"),
                arguments(PAY, "[\"@acme/payments\"]", "[]", "2:9", "empty-list", "@acme/orders-leads"),
                arguments(PAY, "[\"@acme/payments\"]", "['@a', '@a']", "2:16", "repeated", "twice"),
                arguments(O, "quota: {cpu: 8, memory: 16Gi, pods: 40}", "quota: 8", "17:8", "wrong-type", "a map"),
                arguments(O, "network: {allowFrom: [payments]}", "network: [payments]", "18:10", "wrong-type", "map"),
                arguments(O, "type: worker", "type: workr", "25:11", "unknown-word", "did you mean 'worker'?"),
                arguments(O, "type: worker", "type: [worker]", "25:11", "wrong-type", "one word"),
                arguments(O, "type: worker", "type:", "25:10", "unknown-word", "nothing"));
    }

    static Stream<Arguments> yaml() {
        return Stream.of(
                arguments(
                        O,
                        "displayName: Order",
                        "displayName: A\ndisplayName: Order",
                        "4:1",
                        "duplicate-key",
                        "line 3"),
                arguments(PAY, "\"@acme/payments\"", "@acme/payments", "2:10", "yaml-syntax", "quotes"),
                arguments(O, "    replicas: 3", "\treplicas: 3", "12:1", "yaml-syntax", "tab"),
                arguments(O, "Order management", "Orders: all", "3:20", "yaml-syntax", "':'"),
                arguments(
                        O, "Order management", "\"Orders", "4:11", "yaml-syntax", "a quote above it was never closed"),
                arguments(O, "[dev, prod]", "['dev, prod]", "26:20", "yaml-syntax", "never closed"),
                arguments(O, "network:", "<<<<<<< HEAD\nnetwork:", "18:1", "merge-conflict", "choose between"),
                arguments(O, "year end", "year\u00A0end", "16:61", "no-break-space", "none"),
                arguments(O, "Order management", "{{ name }}", "3:14", "odd-key", "templates"),
                arguments(O, "Order management", "*nobody", "3:14", "unknown-alias", "&nobody"),
                arguments(O, "Order management", "!secret x", "3:14", "tag", "!secret"),
                arguments(O, "network:", "  network:", "18:3", "yaml-syntax", "indent"),
                arguments(O, "services:", "---\nservices:", "19:1", "several-documents", "second YAML document"),
                arguments(O, "quota: {", "quota: {<<: 3, ", "17:9", "bad-merge", "not a mapping"),
                arguments(O, "year end", "year\u0007end", "16:61", "control-character", "U+0007"),
                arguments(O, "year end", "year\u200Bend", "16:61", "control-character", "U+200B"),
                arguments(O, "year end", "year\rend", "16:61", "control-character", "U+000D"),
                arguments(O, "year end", "year\u2028end", "16:61", "control-character", "U+2028"),
                arguments(O, "year end", "year\uDB40\uDC61end", "16:61", "control-character", "U+E0061"),
                arguments(O, "year end", "year\uFFFDend", "16:61", "not-utf8", "UTF-8"),
                arguments(O, "pods: 40", "pods: 040", "17:37", "leading-zero", "octal"),
                arguments(O, "- name: test", "- name: no", "9:11", "truth-word", "quotes"));
    }

    static Stream<Arguments> values() {
        return Stream.of(
                arguments(
                        O,
                        "order-sync\n    repository: https://github.com/acme/order-sync.git\n    type: worker",
                        "s".repeat(53) + "\n    repository: https://github.com/acme/order-sync.git\n    type: step",
                        "23:11",
                        "step-name",
                        "52 characters"),
                arguments(O, "tenant: orders", "tenant: Orders_1", "2:9", "bad-value", "orders-1"),
                arguments(O, "tenant: orders", "tenant: " + "o".repeat(41), "2:9", "too-long", "at most 40"),
                arguments(O, "tenant: orders", "tenant: order", "2:9", "file-name", "rename the file to order.yaml"),
                arguments(O, "- name: dev", "- name: " + "d".repeat(21), "8:11", "too-long", "at most 20"),
                arguments(PAY, "\"@acme/payments\"", "acme/payments", "2:10", "bad-value", "@org/team"),
                arguments(PAY, "\"@acme/payments\"", "jane@x.org", "2:10", "bad-value", "@user"),
                arguments(O, "orders@example.org", "nobody", "5:10", "bad-value", "mail address"),
                arguments(O, "cpu: 8", "cpu: 8Gi", "17:14", "bad-quantity", "cores without unit"),
                arguments(O, "cpu: 8", "cpu: 0", "17:14", "bad-quantity", "some CPU"),
                arguments(O, "cpu: 8", "cpu: -1", "17:14", "bad-quantity", "500m"),
                arguments(O, "cpu: 8", "cpu: 50000", "17:14", "bad-quantity", "did you mean 50000m?"),
                arguments(O, "16Gi", "16gb", "17:25", "bad-quantity", "write 16Gi"),
                arguments(O, "16Gi", "16 Gi", "17:25", "bad-quantity", "16Gi"),
                arguments(O, "16Gi", "16", "17:25", "bad-quantity", "did you mean 16Gi?"),
                arguments(O, "16Gi", "400m", "17:25", "bad-quantity", "did you mean 400Mi?"),
                arguments(O, "16Gi", "lots", "17:25", "bad-quantity", "16Gi"),
                arguments(O, "soak: 2h", "soak: 30", "13:11", "wrong-type", "with its unit"),
                arguments(O, "soak: 2h", "soak: 2 hours", "13:11", "bad-value", "with its unit"),
                arguments(O, "soak: 2h", "soak: 200d", "13:11", "bad-time", "90 days"),
                arguments(O, "2026-12-20", "2026-02-30", "16:21", "bad-date", "is not a day of the calendar"),
                arguments(O, "2026-12-20", "20.12.2026", "16:21", "bad-date", "year-month-day"),
                arguments(O, "2026-12-20", "2027-12-20", "16:37", "freeze-ends-early", "before it begins"),
                arguments(O, API, "github.com/acme/order-api", "21:17", "bad-repository", "https://github.com/acme"),
                arguments(O, API, "acme", "21:17", "bad-repository", "not a Git address"),
                arguments(
                        O,
                        API,
                        "https://github.com/a/b/tree/main",
                        "21:17",
                        "bad-repository",
                        "https://github.com/a/b.git"),
                arguments(P, "registry.example.org/imaas", "Registry/Imaas", "4:5", "bad-registry", "lower case"),
                arguments(P, "registry.example.org/imaas", "registry.example.org", "4:5", "bad-registry", "path"),
                arguments(P, "- docker.io/wso2", "- docker.io/other", "6:12", "image-source", "none of the registries"),
                arguments(
                        P,
                        "wso2mi@sha256:0123456789",
                        "wso2mi:4.4@sha256:0123456789",
                        "6:12",
                        "bad-image",
                        "without tag"),
                arguments(P, "Europe/Berlin", "Europe/Berln", "7:11", "bad-timezone", "'Europe/Berlin'?"),
                arguments(P, "\"@jane\"", "\"jane\"", "11:41", "bad-value", "@user"),
                arguments(P, "noTests: warn", "noTests: Warn", "9:12", "unknown-word", "did you mean 'warn'?"),
                arguments(O, "year end", "ghp_" + "a1".repeat(18), "16:57", "secret-in-file", "a GitHub token"),
                arguments(O, "year end", "AKIAIOSFODNN7EXAMPLE", "16:57", "secret-in-file", "AWS"),
                arguments(
                        O, "# who may", "# https://u:pw@x.org who may", "4:48", "secret-in-file", "password in a URL"));
    }

    static Stream<Arguments> acrossEnvironments() {
        return Stream.of(
                arguments(O, "replicas: 3 ", "replicas: 2 ", "12:15", "too-few-replicas", "at least 3"),
                arguments(O, "- name: test", "- name: dev", "9:11", "duplicate-environment", "line 8"),
                arguments(O, "- name: order-sync", "- name: order-api", "23:11", "duplicate-service", "line 20"),
                arguments(O, "[dev, prod]", "[prod, dev]", "26:26", "environment-order", "[dev, test, prod]"),
                arguments(O, "[dev, prod]", "[dev, prd]", "26:25", "unknown-environment", "did you mean 'prod'?"),
                arguments(O, "[dev, prod]", "[dev, dev]", "26:25", "repeated", "twice"),
                arguments(O, "[dev, prod]", "[]", "26:19", "empty-list", "[\"dev\",\"prod\"]"),
                arguments(O, "- name: dev", "- name: dev\n    soak: 1h", "9:11", "useless-soak", "first environment"),
                arguments(
                        O,
                        "- name: dev",
                        "- name: dev\n    autoMerge: true",
                        "9:16",
                        "useless-auto-merge",
                        "pull requests"),
                arguments(
                        O,
                        "- name: test",
                        "- name: test\n    offboarding: {from: 2026-12-31, reason: unused}",
                        "21:11",
                        "path-offboarded",
                        "environments: [dev, prod]"),
                arguments(O, "pods: 40", "pods: 5", "17:37", "quota-too-small", "need 6 pods in 'prod'"),
                arguments(O, "pods: 40", "pods: 6", "17:37", "quota-tight", "raise pods to 7"));
    }

    static Stream<Arguments> acrossTenants() {
        return Stream.of(
                arguments(O, "[payments]", "[payment]", "18:23", "unknown-tenant", "did you mean 'payments'?"),
                arguments(O, "[payments]", "[orders]", "18:23", "allows-itself", "remove the line"));
    }
}
