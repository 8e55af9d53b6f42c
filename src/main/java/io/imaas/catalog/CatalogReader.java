package io.imaas.catalog;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.Location;
import io.imaas.model.failure.Problem;
import io.imaas.model.policy.PolicySet;
import io.imaas.model.tenancy.BrokenTenant;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Platform;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads a platform repository. */
public final class CatalogReader {
    private static final Pattern TENANT_FILE = Pattern.compile("tenants/[^/]+\\.yaml");
    private static final Pattern MISPLACED = Pattern.compile(
            "(?i)platform\\.ya?ml|trusted_root\\.json|(tenants?|policies|adopt)/.+\\.ya?ml|tenants/[^/]+\\.yaml/.+");

    private CatalogReader() {}

    /** Whether a file of the platform repository has anything to do with the catalog, be it only by mistake. */
    public static boolean concerns(String path) {
        return MISPLACED.matcher(path).matches();
    }

    /**
     * Reads all files together, never stopping at the first problem.
     *
     * @param files path in the repository, with forward slashes, to text; what the catalog does not know is left alone
     */
    public static Read<Catalog> read(Map<String, String> files) {
        return read(files, new KnownFiles());
    }

    /** The same, again: what {@code known} holds unchanged is not parsed anew. */
    public static Read<Catalog> read(Map<String, String> files, KnownFiles known) {
        return read(files, Map.of(), Set.of(), known);
    }

    /**
     * The same of files of which some can't be read.
     *
     * @param unreadable path to why it is no text that could be read
     */
    public static Read<Catalog> read(Map<String, String> files, Map<String, Failure> unreadable, KnownFiles known) {
        return read(files, unreadable, Set.of(), known);
    }

    /** @param closed tenants that are left out: their files claim nothing, and others may name them */
    public static Read<Catalog> read(
            Map<String, String> files, Map<String, Failure> unreadable, Set<String> closed, KnownFiles known) {
        Map<String, String> sorted = new TreeMap<>(files);
        sorted.keySet().removeIf(path -> isOf(closed, path));
        Findings findings = new Findings();
        PlatformFile.Parts platform =
                unreadable.containsKey(PlatformFile.PATH) ? PlatformFile.nothing() : platform(sorted, findings);
        Set<String> names = new TreeSet<>(closed);
        unreadable.forEach((path, why) -> {
            if (concerns(path) && !isOf(closed, path)) {
                findings.error("unreadable-file", Location.of(path), why.what(), why.suggestion());
                BrokenTenants.tenant(path).ifPresent(names::add);
            }
        });
        List<TenantDraft> drafts = new ArrayList<>();
        sorted.forEach((path, text) -> {
            if (TENANT_FILE.matcher(path).matches()) {
                names.add(TenantFile.nameOf(path));
                KnownFiles.Parsed parsed = known.tenant(path, text, platform.defaults());
                findings.addAll(parsed.problems());
                parsed.tenant().ifPresent(drafts::add);
            } else if (concerns(path)
                    && !path.equals(PlatformFile.PATH)
                    && !path.equals(TrustFields.TRUSTED_ROOT)
                    && !PolicyFiles.isOne(path)
                    && !AdoptedFiles.isOne(path)) {
                misplaced(path, sorted, findings);
            }
        });
        known.retain(sorted.keySet());
        AcrossTenants across = new AcrossTenants(findings, platform.gitHosts());
        across.check(drafts, names);
        platform.platform().ifPresent(read -> {
            OnboardingFields onboarding = new OnboardingFields(findings);
            onboarding.requireNames(read.onboarding().registry(), drafts);
            onboarding.requireRendering(read.onboarding().secrets(), drafts);
        });
        new AdoptedFiles(sorted, findings).check(drafts);
        PolicySet policies = PolicyFiles.read(sorted, findings);
        List<Problem> problems = findings.sorted();
        Optional<Catalog> catalog = BrokenTenants.of(problems, across.shared())
                .map(broken -> catalog(platform, drafts, policies, broken, sorted));
        return findings.hasErrors()
                ? new Read.Bad<>(problems, catalog)
                : new Read.Ok<>(catalog.orElseThrow(), problems);
    }

    /** Whether it is one of these tenants' files, be it misplaced. */
    public static boolean isOf(Set<String> tenants, String path) {
        return !tenants.isEmpty() && tenantOf(path).filter(tenants::contains).isPresent();
    }

    /** Whose file it is, be it misplaced; empty when it is no tenant's. */
    public static Optional<String> tenantOf(String path) {
        return BrokenTenants.tenant(path);
    }

    private static Catalog catalog(
            PlatformFile.Parts platform,
            List<TenantDraft> drafts,
            PolicySet policies,
            List<BrokenTenant> broken,
            Map<String, String> files) {
        Platform whole = platform.platform().orElseThrow();
        Set<String> left = broken.stream().map(BrokenTenant::name).collect(Collectors.toSet());
        List<Tenant> tenants = drafts.stream()
                .filter(draft -> !left.contains(draft.fileName()))
                .map(draft -> draft.complete(whole.name(), files))
                .toList();
        return new Catalog(
                whole, tenants, platform.gitHosts(), policies, platform.repositories(), platform.access(), broken);
    }

    /** Where a tenant's file lies. */
    public static String fileOf(TenantName tenant) {
        return "tenants/" + tenant + ".yaml";
    }

    /**
     * One tenant by its own file, whatever its neighbours say; empty when the file is missing or wrong.
     *
     * @param files with {@code platform.yaml}, whose defaults it has
     */
    public static Optional<Tenant> tenant(Map<String, String> files, String path) {
        PlatformFile.Parts platform = platform(files, new Findings());
        Findings findings = new Findings();
        return Optional.ofNullable(files.get(path))
                .flatMap(text -> TenantFile.read(path, text, platform.defaults(), findings))
                .filter(draft -> !findings.hasErrors())
                .map(draft ->
                        draft.complete(platform.platform().map(Platform::name).orElse(""), files));
    }

    private static PlatformFile.Parts platform(Map<String, String> files, Findings findings) {
        return Optional.ofNullable(files.get(PlatformFile.PATH))
                .map(text -> PlatformFile.read(text, files.getOrDefault(TrustFields.TRUSTED_ROOT, ""), findings))
                .orElseGet(() -> {
                    findings.error(
                            "missing-file",
                            Location.of(PlatformFile.PATH),
                            "there is no " + PlatformFile.PATH,
                            "add it with at least 'platform: acme' and 'registries: [registry.example.org/imaas]'");
                    return PlatformFile.nothing();
                });
    }

    private static void misplaced(String path, Map<String, String> files, Findings findings) {
        String right = path.toLowerCase(java.util.Locale.ROOT)
                .replaceFirst("^tenants?/(?:.*/)?", "tenants/")
                .replaceFirst("^policies/(?:.*/)?", "policies/")
                .replaceFirst("\\.yml$", ".yaml");
        findings.error(
                "misplaced-file",
                Location.of(path),
                "this file is not read: a platform repository has platform.yaml, tenants/<tenant>.yaml,"
                        + " policies/<name>.yaml, trusted_root.json and adopt/<tenant>/<environment>/<service>.yaml",
                files.containsKey(right) ? "remove it; there is " + right : "rename it to " + right);
    }
}
