package io.imaas.catalog;

import io.imaas.model.failure.FailureException;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.image.ScanCommand;
import io.imaas.model.image.Vulnerability.Severity;
import io.imaas.model.record.ListedKey;
import io.imaas.model.record.Trust;
import io.imaas.model.source.GitHosts;
import io.imaas.model.tenancy.Access;
import io.imaas.model.tenancy.Callee;
import io.imaas.model.tenancy.ChartPin;
import io.imaas.model.tenancy.Delivery;
import io.imaas.model.tenancy.Environment.DirectChangePolicy;
import io.imaas.model.tenancy.Environment.OverridePolicy;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.HttpGate;
import io.imaas.model.tenancy.ImagePolicy;
import io.imaas.model.tenancy.ImagePolicy.BuiltFor;
import io.imaas.model.tenancy.ManifestPolicy;
import io.imaas.model.tenancy.MigrationTool;
import io.imaas.model.tenancy.OnboardingPolicy;
import io.imaas.model.tenancy.OnboardingPolicy.RepositoryPolicy;
import io.imaas.model.tenancy.Platform;
import io.imaas.model.tenancy.Platform.NoTests;
import io.imaas.model.tenancy.Stop;
import io.imaas.model.tenancy.Verification;
import io.imaas.model.tenancy.VulnerabilityPolicy;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code platform.yaml}. */
record PlatformFile(String trustedRoot, Findings findings) {
    static final String PATH = "platform.yaml";

    private static final SchemaCheck SCHEMA = SchemaCheck.named("platform");
    private static final List<EnvironmentName> USUAL_PATH =
            List.of(new EnvironmentName("dev"), new EnvironmentName("test"), new EnvironmentName("prod"));

    /** @param platform empty when the file has errors */
    record Parts(
            Optional<Platform> platform,
            Defaults defaults,
            GitHosts gitHosts,
            RepositoryPolicy repositories,
            Access access) {}

    /** @param trustedRoot the text of {@code trusted_root.json}; empty where there is none */
    static Parts read(String text, String trustedRoot, Findings findings) {
        return SCHEMA.read(PATH, text, findings)
                .map(new PlatformFile(trustedRoot, findings)::parts)
                .orElseGet(PlatformFile::nothing);
    }

    /** What the tenants are read against when there is no readable {@code platform.yaml}. */
    static Parts nothing() {
        Defaults defaults = new Defaults(
                1,
                Duration.ZERO,
                USUAL_PATH,
                new QuotaFields(
                        Optional.of("1"), Optional.of("1Gi"), Optional.of(10_000), Optional.empty(), Optional.empty()),
                DirectChangePolicy.FLAG,
                Delivery.RENDERED,
                ApprovalFields.Minimum.NONE,
                ZoneOffset.UTC,
                List.of(),
                false,
                Optional.empty());
        return new Parts(Optional.empty(), defaults, GitHosts.any(), RepositoryPolicy.USUAL, Access.NONE);
    }

    private Parts parts(Section root) {
        GitHosts gitHosts = GitHosts.only(root.list("gitHosts", "bad-git-host", s -> s));
        Section gitops = root.section("gitopsRepositories");
        RepositoryPolicy repositories =
                new RepositoryPolicy(gitops.truth("managed").orElse(true), gitops.word("webhook"));
        Section policy = root.section("policy");
        List<ImageRepository> registries = root.list("registries", "bad-registry", ImageRepository::parse);
        Optional<String> baseImage = baseImage(root, registries);
        ZoneId zone = root.value("timezone", "bad-timezone", Times::zone, ZoneOffset.UTC);
        List<String> overriders = policy.list("overriders", "bad-person", s -> s);
        OverridePolicy overrides = new OverridePolicy(
                overriders, policy.value("confirmOverrides", "bad-time", Times::span, OverridePolicy.USUAL));
        Defaults defaults = defaults(root, policy, zone);
        ImagePolicy images = images(policy.section("images"));
        ManifestPolicy manifests = manifests(policy.section("manifests"));
        Stop stop = OffboardingFields.stop(policy, findings);
        Map<EnvironmentName, ChartPin> charts =
                new ChartFields(findings, gitHosts, registries).read(root.section("charts"));
        List<HttpGate> gates = new HttpGateFields(root, findings).read();
        List<Verification> verify = new VerificationFields(root, registries, findings).read();
        OnboardingPolicy onboarding = onboarding(root, registries);
        Access access = TrustFields.access(root.section("access"));
        if (findings.hasErrors()) {
            return new Parts(Optional.empty(), defaults, gitHosts, repositories, access);
        }
        String name = root.text("platform").orElseThrow();
        Platform platform = new Platform(
                name,
                registries,
                baseImage.orElse(""),
                zone,
                policy.choice("noTests", NoTests.WARN),
                policy.isTrue("projectMavenWrapper"),
                overrides,
                stop,
                images,
                manifests,
                new Trust(name, TrustFields.keys(root, "orchestrators"), TrustFields.people(root, findings)),
                charts,
                gates,
                verify,
                root.isTrue("showDeployments"),
                onboarding);
        return new Parts(Optional.of(platform), defaults, gitHosts, repositories, access);
    }

    private OnboardingPolicy onboarding(Section root, List<ImageRepository> registries) {
        OnboardingPolicy policy = new OnboardingFields(findings).read(root.section("onboarding"));
        if (policy.registry().isHarbor()
                && !registries.isEmpty()
                && registries.get(0).path().contains("/")) {
            findings.refine(
                    "harbor-path",
                    root.at("registries"),
                    "Harbor's projects have one word: '" + registries.get(0).path() + "' can't be their prefix",
                    "write the first registry as host/prefix; the tenant's name follows after a hyphen");
        }
        return policy;
    }

    private Optional<String> baseImage(Section root, List<ImageRepository> registries) {
        if (root.text("baseImage").filter(String::isEmpty).isPresent()) {
            return Optional.empty();
        }
        Optional<Located<ImageRef>> image = root.value("baseImage", "bad-image", ImageRef::parse);
        image.ifPresent(given -> {
            ImageRepository source = given.value().repository();
            if (registries.stream().noneMatch(source::isWithin)) {
                findings.refine(
                        "image-source",
                        given.where(),
                        "the base image comes from " + source + ", which is none of the registries",
                        "add it to registries, or take the image from one of them");
            }
        });
        return image.map(given -> given.value().toString());
    }

    private ImagePolicy images(Section section) {
        boolean optional = section.text("check").filter("optional"::equals).isPresent();
        return new ImagePolicy(
                optional,
                TrustFields.keys(section, "signedBy"),
                TrustFields.keyless(section, trustedRoot, findings),
                section.choices("builtFor", BuiltFor.class),
                section.isTrue("sbom"),
                VulnerabilityFields.read(section, findings).orElse(null));
    }

    private Defaults defaults(Section root, Section policy, ZoneId zone) {
        Section section = root.section("defaults");
        List<EnvironmentName> path = section.list("environments", "bad-name", EnvironmentName::new);
        return new Defaults(
                section.whole("replicas", 1),
                section.value("soak", "bad-time", Times::span, Duration.ZERO),
                path.isEmpty() ? USUAL_PATH : path,
                QuotaFields.read(section.section("quota"), findings),
                policy.choice("directChanges", DirectChangePolicy.FLAG),
                root.choice("delivery", Delivery.RENDERED),
                ApprovalFields.Minimum.of(policy.section("approvals")),
                zone,
                new WindowFields(findings, zone, false).minimum(policy),
                policy.isTrue("syncWindows"),
                policy.has("egress")
                        ? Optional.of(policy.list("egress", "bad-egress", Callee::parse))
                        : Optional.empty());
    }

    private static ManifestPolicy manifests(Section section) {
        return new ManifestPolicy(
                section.list("sidecars", "bad-image", ImageRef::parse),
                section.list("annotations", "bad-annotation", key -> key),
                migrations(section.section("migrations")));
    }

    private static Map<MigrationTool, List<ImageRef>> migrations(Section section) {
        Map<MigrationTool, List<ImageRef>> images = new EnumMap<>(MigrationTool.class);
        for (MigrationTool tool : MigrationTool.values()) {
            images.put(tool, section.list(tool.word(), "bad-image", ImageRef::parse));
        }
        return images;
    }

    /** Reads which known weaknesses keep an image from being promoted. */
    private static final class VulnerabilityFields {
        private static final Duration USUAL_AGE = Duration.ofDays(7);
        private static final Duration USUAL_SCAN = Duration.ofMinutes(10);

        private VulnerabilityFields() {}

        /** @param images the section {@code policy.images} */
        static Optional<VulnerabilityPolicy> read(Section images, Findings findings) {
            if (!images.has("vulnerabilities")) {
                return Optional.empty();
            }
            Section given = images.section("vulnerabilities");
            List<VulnerabilityPolicy.Exemption> exceptions = new ArrayList<>();
            for (Section one : given.sections("exceptions")) {
                Optional<Located<LocalDate>> until = one.value("until", "bad-day", Times::day);
                until.ifPresent(day -> exceptions.add(new VulnerabilityPolicy.Exemption(
                        one.word("id"), one.word("reason"), one.word("owner"), day.value())));
            }
            return Optional.of(new VulnerabilityPolicy(
                    given.text("worst").map(Severity::of).orElse(Severity.HIGH),
                    given.isTrue("onlyFixable"),
                    given.value("maxAge", "bad-duration", Times::span, USUAL_AGE),
                    TrustFields.keys(given, "scanners").stream()
                            .map(ListedKey::key)
                            .toList(),
                    exceptions,
                    given.has("scan") ? scan(given.section("scan"), findings) : null));
        }

        private static ScanCommand scan(Section given, Findings findings) {
            try {
                return new ScanCommand(
                        given.list("command", "bad-command", word -> word),
                        given.value("timeout", "bad-duration", Times::span, USUAL_SCAN));
            } catch (FailureException e) {
                findings.refine(
                        "bad-command",
                        given.at("command"),
                        e.failure().what(),
                        e.failure().suggestion());
                return null;
            }
        }
    }
}
