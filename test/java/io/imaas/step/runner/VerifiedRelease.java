package io.imaas.step.runner;

import io.imaas.model.failure.Location;
import io.imaas.model.image.ImageRef;
import io.imaas.model.policy.AdmissionPolicy.Expression;
import io.imaas.model.record.Trust;
import io.imaas.model.rollout.RolloutOutcome;
import io.imaas.model.rollout.RolloutOutcome.Verdict;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Environment.OverridePolicy;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.HttpGate;
import io.imaas.model.tenancy.ImagePolicy;
import io.imaas.model.tenancy.ManifestPolicy;
import io.imaas.model.tenancy.OnboardingPolicy;
import io.imaas.model.tenancy.Platform;
import io.imaas.model.tenancy.Platform.NoTests;
import io.imaas.model.tenancy.Quota;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Stop;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import io.imaas.model.tenancy.Verification;
import io.imaas.port.Clock;
import io.imaas.port.Cluster;
import io.imaas.testing.Tenants;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A release of the service {@code api} in {@code dev} that is live, and that a job named {@code contract} verifies. */
record VerifiedRelease(String tenant, Duration timeout) {
    private static final EnvironmentName DEV = new EnvironmentName("dev");
    private static final CommitId COMMIT = new CommitId("b".repeat(40));
    private static final String IMAGES = "registry.example.org/acme/orders/api@sha256:";

    /** @param digest of the job's image, in hex */
    Verifier verifier(String digest, Cluster cluster, Clock clock) {
        Location file = Location.of("platform.yaml");
        HttpGate named = new HttpGate(
                "contract",
                file,
                List.of(DEV),
                null,
                new Expression("passes", "true", file),
                null,
                Duration.ofSeconds(1),
                Duration.ZERO,
                null);
        Verification contract = new Verification(
                named,
                null,
                new Verification.Job(ImageRef.parse(IMAGES + digest), List.of(), timeout),
                Duration.ZERO,
                1);
        return new Verifier(platform(contract), owner(), null, cluster, target -> Optional.empty(), clock);
    }

    Verifier.Progress begin(Verifier verifier) {
        Instant now = verifier.clock().now();
        RolloutTarget target = new RolloutTarget(
                new TenantName(tenant),
                new ServiceName("api"),
                DEV,
                tenant + "-dev",
                tenant + "-api-dev",
                new RepositoryUrl("https://git.example.org/gitops.git"),
                "services/api",
                COMMIT,
                ImageRef.parse(IMAGES + "a".repeat(64)),
                Duration.ofMinutes(10),
                now,
                null);
        return verifier.begin(target, new RolloutOutcome(Verdict.LIVE, COMMIT, List.of("live"), now));
    }

    private static Platform platform(Verification check) {
        return new Platform(
                "acme",
                List.of(),
                "",
                ZoneOffset.UTC,
                NoTests.WARN,
                false,
                OverridePolicy.by(List.of()),
                Stop.NONE,
                ImagePolicy.USUAL,
                ManifestPolicy.USUAL,
                Trust.NONE,
                Map.of(),
                List.of(),
                List.of(check),
                false,
                OnboardingPolicy.USUAL);
    }

    private Tenant owner() {
        return Tenants.tenant(
                new TenantName(tenant),
                "",
                List.of("@acme/leads"),
                "orders@example.org",
                new RepositoryUrl("https://git.example.org/gitops.git"),
                List.of(),
                new Quota("4", "8Gi", 9),
                List.of(),
                List.of());
    }
}
