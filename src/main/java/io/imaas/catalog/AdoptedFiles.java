package io.imaas.catalog;

import io.imaas.catalog.TenantDraft.ServiceDraft;
import io.imaas.model.failure.Location;
import io.imaas.model.image.ImageRef;
import io.imaas.model.tenancy.Adopted;
import io.imaas.model.tenancy.Delivery;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What ran before the platform managed it: entries of tenants' files, and manifests in files beside them. */
final class AdoptedFiles {
    private static final Pattern FILE = Pattern.compile("adopt/[^/]+/[^/]+/[^/]+\\.yaml");

    private final Map<String, String> files;
    private final Findings findings;

    /** @param files path to text */
    AdoptedFiles(Map<String, String> files, Findings findings) {
        this.files = files;
        this.findings = findings;
    }

    static boolean isOne(String path) {
        return FILE.matcher(path).matches();
    }

    /** The entries of a service, without what their files hold. */
    static List<Located<Adopted>> entries(Section service) {
        return service.sections("adopt").stream()
                .flatMap(entry -> entry.value("environment", "bad-name", EnvironmentName::new).stream()
                        .map(environment -> new Located<>(environment.where(), adopted(entry, environment.value()))))
                .toList();
    }

    private static Adopted adopted(Section entry, EnvironmentName environment) {
        Optional<Located<ImageRef>> release = entry.value("release", "bad-image", ImageRef::parse);
        return new Adopted(
                environment,
                entry.text("application").orElse(""),
                entry.text("image").orElse(""),
                release.map(Located::value).orElse(null),
                "");
    }

    void check(List<TenantDraft> drafts) {
        Set<String> left = new TreeSet<>();
        files.keySet().stream().filter(AdoptedFiles::isOne).forEach(left::add);
        for (TenantDraft tenant : drafts) {
            for (ServiceDraft service : tenant.services()) {
                service.adopted().forEach(entry -> check(tenant, service, entry, left));
            }
        }
        left.forEach(path -> findings.error(
                "unused-manifests",
                Location.of(path),
                "no service says that it ran before with these manifests",
                "remove the file, or name it by an 'adopt' entry of the service"));
    }

    private void check(TenantDraft tenant, ServiceDraft service, Located<Adopted> entry, Set<String> left) {
        Adopted adopted = entry.value();
        if (!tenant.path().contains(adopted.environment())) {
            findings.refine(
                    "unknown-environment",
                    entry.where(),
                    "the tenant has no environment '" + adopted.environment() + "'",
                    "name one of " + tenant.path());
        }
        if (tenant.delivery() == Delivery.HELM) {
            findings.refine(
                    "adopts-rendered",
                    entry.where(),
                    "what ran before is kept as manifests, and with 'delivery: helm' nobody commits any",
                    "add 'delivery: rendered' to the tenant");
        }
        String path = service.name()
                .map(name -> file(tenant, adopted.environment(), name.value()))
                .orElse("");
        if (left.remove(path) && (adopted.image().isEmpty() || adopted.release() == null)) {
            findings.refine(
                    "adopted-image",
                    entry.where(),
                    "nothing says which image the manifests in " + path + " run",
                    "write image (as the manifests name it) and release (registry/path@sha256:…)");
        }
    }

    private static String file(TenantDraft tenant, EnvironmentName environment, ServiceName service) {
        return tenant.name()
                .map(Located::value)
                .map((TenantName name) -> Adopted.file(name, environment, service))
                .orElse("");
    }
}
