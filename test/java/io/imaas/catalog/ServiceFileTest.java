package io.imaas.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.imaas.model.failure.Problem;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.record.Trust;
import io.imaas.model.tenancy.Environment.OverridePolicy;
import io.imaas.model.tenancy.ImagePolicy;
import io.imaas.model.tenancy.ManifestPolicy;
import io.imaas.model.tenancy.OnboardingPolicy;
import io.imaas.model.tenancy.Platform;
import io.imaas.model.tenancy.Platform.NoTests;
import io.imaas.model.tenancy.ServiceSettings;
import io.imaas.model.tenancy.ServiceSettings.BuilderChoice;
import io.imaas.model.tenancy.ServiceSettings.Channel;
import io.imaas.model.tenancy.ServiceSettings.When;
import io.imaas.model.tenancy.Stop;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ServiceFileTest {
    private static final String FILE = Acme.fixture("imaas.yaml");

    @Test
    void everyFieldIsRead() {
        ServiceSettings settings = ServiceFile.read(ServiceFile.NAME, FILE).orThrow();

        assertThat(settings.builder()).isEqualTo(BuilderChoice.NATIVE);
        assertThat(settings.tests().timeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.tests().servers())
                .extracting(s -> s.getHostString() + " " + s.getPort())
                .containsExactly("mi-tests.example.org 9008", "::1 9009");
        assertThat(settings.image().labels()).containsEntry("org.opencontainers.image.vendor", "Acme");
        assertThat(settings.groups()).hasSize(2);
        assertThat(settings.groups().stream().flatMap(List::stream))
                .extracting(project -> project.service() + " " + project.path())
                .contains("order-api api");
        assertThat(settings.notifications())
                .extracting(n -> n.channel())
                .containsExactly(Channel.SLACK, Channel.SLACK, Channel.WEBHOOK);
        assertThat(settings.notifications().get(0).when()).containsExactlyInAnyOrder(When.FAILURE, When.RECOVERY);
    }

    @Test
    void aFileThatSaysNothingMeansTheDefaults() {
        assertThat(ServiceFile.read(ServiceFile.NAME, "{}").orThrow()).isEqualTo(ServiceSettings.defaults());
    }

    @Test
    void aServiceCanBeStricterThanThePlatformAndNeverLaxer() {
        ServiceSettings strict =
                ServiceFile.read(ServiceFile.NAME, "tests: {policy: fail}").orThrow();
        ServiceSettings lax =
                ServiceFile.read(ServiceFile.NAME, "tests: {policy: ignore}").orThrow();

        assertThat(strict.tests().policyUnder(platform(NoTests.WARN))).isEqualTo(NoTests.FAIL);
        assertThat(lax.tests().policyUnder(platform(NoTests.WARN))).isEqualTo(NoTests.WARN);
    }

    private static Platform platform(NoTests noTests) {
        return new Platform(
                "p",
                List.of(ImageRepository.parse("r.example.org/x")),
                "",
                ZoneOffset.UTC,
                noTests,
                false,
                OverridePolicy.by(List.of()),
                Stop.NONE,
                ImagePolicy.USUAL,
                ManifestPolicy.USUAL,
                Trust.NONE,
                Map.of(),
                List.of(),
                List.of(),
                false,
                OnboardingPolicy.USUAL);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @MethodSource("faults")
    void eachFaultIsFound(String text, String found) {
        List<Problem> problems = ServiceFile.read(ServiceFile.NAME, text, path -> !path.contains("missing"))
                .problems();

        assertThat(problems)
                .extracting(p -> p.where() + " " + p.rule())
                .containsExactly(ServiceFile.NAME + ":" + found);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                arguments("bilder: maven", "1:1 unknown-key"),
                arguments("builder: gradle", "1:10 unknown-word"),
                arguments("path: /opt/x", "1:7 bad-path"),
                arguments("path: a/../../x", "1:7 bad-path"),
                arguments("path: 'C:\\x'", "1:7 bad-path"),
                arguments("path: missing", "1:7 bad-path"),
                arguments("path: a\ngroups: [[{service: x, path: y}]]", "1:7 path-or-groups"),
                arguments("groups: [[{service: x, path: y}, {service: x, path: z}]]", "1:44 duplicate-project"),
                arguments("groups: [[{service: x, path: y}], [{service: z, path: ./y/}]]", "1:55 duplicate-project"),
                arguments("groups: [[{service: X_, path: y}]]", "1:21 bad-value"),
                arguments("groups: [[]]", "1:10 empty-list"),
                arguments("groups: [{service: x, path: y}]", "1:10 wrong-type"),
                arguments("tests: {servers: [localhost]}", "1:19 bad-value"),
                arguments("tests: {servers: ['localhost:99999']}", "1:19 bad-address"),
                arguments("tests: {timeout: 0s}", "1:18 bad-time"),
                arguments("tests: {timeout: 60}", "1:18 wrong-type"),
                arguments("tests: {policy: no}", "1:17 unknown-word"),
                arguments("image: {base: 'wso2/wso2mi:latest'}", "1:15 bad-image"),
                arguments("image: {dockerfile: missing}", "1:21 bad-path"),
                arguments(
                        "image: {dockerfile: Dockerfile, base: 'r.org/a@sha256:" + "0".repeat(64) + "'}",
                        "1:39 base-or-dockerfile"),
                arguments("image: {labels: {a: 1}}", "1:21 wrong-type"),
                arguments("notifications: [{channel: slack, to: orders}]", "1:38 bad-recipient"),
                arguments("notifications: [{channel: email, to: orders@example.org}]", "1:27 unknown-word"),
                arguments("notifications: [{channel: webhook, to: 'https://x.org/h'}]", "1:40 bad-recipient"),
                arguments("notifications: [{channel: slack, to: '#a', when: [never]}]", "1:51 unknown-word"),
                arguments("notifications: [{channel: slack}]", "1:17 missing-key"));
    }
}
