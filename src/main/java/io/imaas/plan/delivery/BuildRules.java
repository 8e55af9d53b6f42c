package io.imaas.plan.delivery;

import io.imaas.model.source.LintLevels;
import io.imaas.model.tenancy.Platform;
import io.imaas.model.tenancy.Platform.NoTests;
import io.imaas.model.tenancy.ServiceSettings;
import java.io.Serializable;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a service is built: what the platform says and what the service's own {@code imaas.yaml} says, together.
 *
 * @param builder {@code auto}, {@code native} or {@code maven}
 * @param projectWrapper whether the project's own {@code mvnw} may run
 * @param noTests what it means when there are no unit tests
 * @param testServers empty: those of the door
 * @param testTimeout for each suite
 * @param lint what the findings of the check mean
 * @param base the image under it by digest, or empty
 * @param labels the service's own labels of its image
 */
public record BuildRules(
        String builder,
        boolean projectWrapper,
        NoTests noTests,
        List<InetSocketAddress> testServers,
        Duration testTimeout,
        LintLevels lint,
        String base,
        Map<String, String> labels)
        implements Serializable {
    public BuildRules {
        testServers = List.copyOf(testServers);
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    public static BuildRules of(Platform platform, ServiceSettings settings) {
        return new BuildRules(
                settings.builder().name().toLowerCase(Locale.ROOT),
                platform.projectMavenWrapper(),
                settings.tests().policyUnder(platform),
                settings.tests().servers(),
                settings.tests().timeout(),
                settings.lint(),
                settings.image().base().isEmpty()
                        ? platform.baseImage()
                        : settings.image().base(),
                settings.image().labels());
    }

    /** The same with another builder. */
    public BuildRules builtBy(String other) {
        return new BuildRules(other, projectWrapper, noTests, testServers, testTimeout, lint, base, labels);
    }

    public BuildRules testedOn(List<InetSocketAddress> others) {
        return new BuildRules(builder, projectWrapper, noTests, others, testTimeout, lint, base, labels);
    }

    /** For sources of strangers: only what packs files, since any Maven build runs what the sources say. */
    public BuildRules distrusting() {
        return new BuildRules("native", false, noTests, testServers, testTimeout, lint, base, labels);
    }

    /** Whether an image whose unit tests did not pass is good enough to be used again. */
    public boolean reusesUntested() {
        return noTests != NoTests.FAIL;
    }
}
