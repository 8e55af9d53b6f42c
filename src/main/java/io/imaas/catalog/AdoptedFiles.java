package io.imaas.catalog;

import io.imaas.catalog.TenantDraft.ServiceDraft;
import io.imaas.model.failure.Location;
import io.imaas.model.image.ImageRef;
import io.imaas.model.tenancy.Adopted;
import io.imaas.model.tenancy.Adopted.KeptObject;
import io.imaas.model.tenancy.Delivery;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** What ran before the platform managed it: entries of tenants' files, and manifests in files beside them. */
final class AdoptedFiles {
    private static final Pattern FILE = Pattern.compile("adopt/[^/]+/[^/]+/[^/]+\\.yaml");

    private final Map<String, String> files;
    private final Findings findings;

    /** Object to the file that lists it. */
    private final Map<String, String> listed = new HashMap<>();

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
                entry.word("application"),
                entry.word("image"),
                release.map(Located::value).orElse(null),
                "",
                List.of());
    }

    /** An entry with what its file holds; only for files that were checked. */
    static Adopted withFile(Adopted entry, TenantName tenant, ServiceName service, Map<String, String> files) {
        String text = files.getOrDefault(Adopted.file(tenant, entry.environment(), service), "");
        return entry.keeping(text, objects(text, tenant.namespace(entry.environment())));
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
        if (!left.remove(path)) {
            return;
        }
        tenant.name().ifPresent(name -> requireOwn(path, name.value().namespace(adopted.environment())));
        if (adopted.image().isEmpty() || adopted.release() == null) {
            findings.refine(
                    "adopted-image",
                    entry.where(),
                    "nothing says which image the manifests in " + path + " run",
                    "write image (as the manifests name it) and release (registry/path@sha256:…)");
        }
    }

    /** An object is of one service, and where its tenant is. */
    private void requireOwn(String path, String namespace) {
        Location where = Location.of(path);
        try {
            for (Adopted.KeptObject object : objects(files.get(path), namespace)) {
                String other = listed.putIfAbsent(object.id(), path);
                if (other != null) {
                    findings.refine(
                            "shared-object",
                            where,
                            object.id() + " is listed in " + other + " already",
                            "leave it in one of the two files");
                }
                if (!object.namespace().equals(namespace)) {
                    findings.refine(
                            "foreign-namespace",
                            where,
                            object.id() + " is not in the tenant's namespace, " + namespace,
                            "take it out of the file");
                }
            }
        } catch (YamlEngineException | StackOverflowError e) {
            findings.refine(
                    "yaml-syntax", where, "it can't be read as YAML: " + e.getMessage(), "run imaas adopt again");
        }
    }

    private static String file(TenantDraft tenant, EnvironmentName environment, ServiceName service) {
        return tenant.name()
                .map(Located::value)
                .map((TenantName name) -> Adopted.file(name, environment, service))
                .orElse("");
    }

    /**
     * Which objects a file of adopted manifests lists.
     *
     * @param namespace of objects that name none
     * @throws org.snakeyaml.engine.v2.exceptions.YamlEngineException when the text is not YAML
     */
    private static List<KeptObject> objects(String text, String namespace) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel("adopted manifests")
                .setCodePointLimit(Integer.MAX_VALUE)
                .build();
        return StreamSupport.stream(new Load(settings).loadAllFromString(text).spliterator(), false)
                .flatMap(document -> object(document, namespace))
                .toList();
    }

    private static Stream<KeptObject> object(Object document, String namespace) {
        if (document instanceof Map<?, ?> object
                && object.get("kind") instanceof String kind
                && object.get("metadata") instanceof Map<?, ?> metadata
                && metadata.get("name") instanceof String name) {
            String own = metadata.get("namespace") instanceof String given ? given : namespace;
            return Stream.of(new KeptObject(own, kind, name, selector(object.get("spec"))));
        }
        return Stream.empty();
    }

    private static Map<String, String> selector(Object spec) {
        Object selector = spec instanceof Map<?, ?> map ? map.get("selector") : null;
        Object labels =
                selector instanceof Map<?, ?> map && map.containsKey("matchLabels") ? map.get("matchLabels") : selector;
        Map<String, String> found = new HashMap<>();
        if (labels instanceof Map<?, ?> map) {
            map.forEach((key, value) -> found.put(String.valueOf(key), String.valueOf(value)));
        }
        return found;
    }
}
