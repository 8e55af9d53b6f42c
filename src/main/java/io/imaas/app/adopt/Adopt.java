package io.imaas.app.adopt;

import io.imaas.app.Ports;
import io.imaas.catalog.CatalogReader;
import io.imaas.catalog.Read;
import io.imaas.catalog.TenantText;
import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.Actor;
import io.imaas.model.kubernetes.ChartKinds;
import io.imaas.model.kubernetes.Demand;
import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.kubernetes.ManifestDiff;
import io.imaas.model.kubernetes.Manifests;
import io.imaas.model.kubernetes.Workload;
import io.imaas.model.rollout.RunningApplication;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Adopted;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Service.ServiceType;
import io.imaas.model.tenancy.TenantName;
import io.imaas.port.ExistingJobs;
import io.imaas.port.ImageRegistry;
import io.imaas.port.RunningApplications;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Proposes the files of a platform repository that bring what runs already under management, so that it goes on as it runs:
 * what onboarding would render of them is compared with what the deployment server applies now. Reads alone.
 */
public final class Adopt {
    private static final String SOURCE = "org.opencontainers.image.source";

    private final Ports ports;
    private final Catalog catalog;
    private final Map<String, String> files;
    private final AdoptRequest request;
    private final AdoptedRendering rendering;
    private final AdoptedJobs jobs;
    private final List<Adoption.Refused> refused = new ArrayList<>();

    private Adopt(Ports ports, Map<String, String> files, AdoptRequest request, Actor actor) {
        this.ports = ports;
        this.catalog = CatalogReader.read(files).orThrow();
        this.files = files;
        this.request = request;
        this.jobs = new AdoptedJobs(
                ports.find(ExistingJobs.class).map(ExistingJobs::all).orElse(List.of()));
        this.rendering = new AdoptedRendering(ports, catalog, actor);
    }

    /**
     * @param files of the platform repository that the catalog is read from
     * @throws FailureException INPUT with every problem of these files
     */
    public static Adoption propose(Ports ports, Map<String, String> files, AdoptRequest request, Actor actor) {
        return new Adopt(ports, files, request, actor).proposal();
    }

    private Adoption proposal() {
        List<RunningApplication> all = ports.port(RunningApplications.class).all();
        Map<RunningApplication, AdoptedPlace> places = places(all);
        List<Adoption.Proposed> proposed = new ArrayList<>();
        places.forEach((application, place) -> attempt(application, () -> {
            requireOwnSpace(application, place, all, places);
            look(application, place).ifPresent(proposed::add);
        }));
        Map<String, String> added = new TreeMap<>();
        AdoptedTenants.of(proposed, request)
                .forEach(tenant -> added.put(CatalogReader.fileOf(tenant.name()), TenantText.of(tenant)));
        proposed.forEach(one -> added.put(
                Adopted.file(one.tenant(), one.environment(), one.service()),
                one.adopted().manifests()));
        Map<String, String> together = new TreeMap<>(files);
        together.putAll(added);
        Read<Catalog> read = CatalogReader.read(together);
        if (read instanceof Read.Ok<Catalog> ok) {
            proposed.forEach(one -> rendering.requireAsSeen(ok.value(), one));
        }
        return new Adoption(added, proposed, refused, jobs.told(proposed), read.problems());
    }

    /** Those that nobody manages, by whose they would be. */
    private Map<RunningApplication, AdoptedPlace> places(List<RunningApplication> all) {
        Map<RunningApplication, AdoptedPlace> places = new LinkedHashMap<>();
        for (RunningApplication application : all) {
            if (!application.managed() && isWanted(application)) {
                attempt(application, () -> {
                    requireFree(application);
                    places.put(application, AdoptedPlace.of(application, request));
                });
            }
        }
        places.values()
                .removeIf(place ->
                        !request.tenants().isEmpty() && !request.tenants().contains(place.tenant()));
        return places;
    }

    private boolean isWanted(RunningApplication application) {
        return request.tenants().isEmpty()
                || request.tenants().stream()
                        .map(TenantName::value)
                        .anyMatch(name -> application.namespace().startsWith(name + "-"));
    }

    private void attempt(RunningApplication application, Runnable work) {
        try {
            work.run();
        } catch (FailureException e) {
            if (e.failure().kind() == FailureKind.EXTERNAL) {
                throw e;
            }
            refused.add(new Adoption.Refused(
                    application.name(), e.failure().what(), e.failure().suggestion(), List.of()));
        }
    }

    private static void requireFree(RunningApplication application) {
        if (!application.obstacles().isEmpty()) {
            throw input(String.join("; ", application.obstacles()), "change that first, and run it again");
        }
    }

    private void requireOwnSpace(
            RunningApplication application,
            AdoptedPlace place,
            List<RunningApplication> all,
            Map<RunningApplication, AdoptedPlace> places) {
        if (catalog.tenant(place.tenant()).isPresent()) {
            throw input(
                    "the platform has a tenant " + place.tenant() + " already",
                    "add the service to tenants/" + place.tenant() + ".yaml by hand, with an entry 'adopt'");
        }
        Set<String> projects = all.stream()
                .filter(other -> other.namespace().equals(application.namespace()))
                .map(RunningApplication::project)
                .collect(Collectors.toCollection(TreeSet::new));
        if (projects.size() > 1) {
            throw input(
                    "several owners share the namespace " + application.namespace() + ": the projects "
                            + String.join(", ", projects),
                    "a namespace is one tenant's: move the others out of it, or all of it into one project");
        }
        all.stream()
                .filter(other -> other.project().equals(application.namespace())
                        && !other.namespace().equals(application.namespace()))
                .findFirst()
                .ifPresent(other -> {
                    throw input(
                            "the project " + other.project() + " becomes the tenant's own, and the application "
                                    + other.name() + " in it runs in " + other.namespace(),
                            "move that application to another project");
                });
        List<String> same = places.entrySet().stream()
                .filter(entry ->
                        entry.getValue().equals(place) && !entry.getKey().equals(application))
                .map(entry -> entry.getKey().name())
                .toList();
        if (!same.isEmpty()) {
            throw input(
                    "it would be the service " + place.service() + " in " + place.environment() + ", as "
                            + String.join(", ", same) + " would",
                    "say which is which: --service " + application.name() + "=NAME");
        }
    }

    private Optional<Adoption.Proposed> look(RunningApplication application, AdoptedPlace place) {
        RunningApplications server = ports.port(RunningApplications.class);
        Manifests running = rendering.read(server.manifests(application), application.namespace());
        running.all().forEach(manifest -> requireAllowed(manifest, application.namespace()));
        RunningImage image =
                RunningImage.of(running.all(), application.namespace(), catalog.platform(), ports.cluster(), rendering);
        Adopted adopted = new Adopted(
                place.environment(), application.name(), image.text(), image.release(), running.text(), List.of());
        Manifests rendered = rendering.of(place, adopted);
        List<Effect> changes = new ArrayList<>(application.synced() ? List.of() : server.pending(application));
        changes.addAll(ManifestDiff.between(running, rendered));
        if (!request.changes() && (!changes.isEmpty() || !application.synced())) {
            refused.add(new Adoption.Refused(
                    application.name(),
                    application.synced()
                            ? "it would not run as it does"
                            : "it does not run as it is wanted: it is out of sync",
                    "sync it where it is now; or take the changes along: --allow-changes",
                    changes));
            return Optional.empty();
        }
        rendering.requireReleasable(place, adopted, rendered);
        List<Workload> workloads = rendering.workloads(rendered);
        return Optional.of(new Adoption.Proposed(
                place.tenant(),
                place.environment(),
                place.service(),
                type(rendered.all()),
                sources(place, image),
                application.source(),
                rendered.all().size(),
                workloads.stream().map(Workload::demand).reduce(Demand.NONE, Demand::plus),
                adopted.keeping(rendered.text(), List.of()),
                changes));
    }

    private static void requireAllowed(Manifest manifest, String namespace) {
        if (!ChartKinds.allow(manifest) || !manifest.namespace().equals(namespace)) {
            throw input(
                    manifest.id() + " is not for a service: " + String.join(", ", ChartKinds.GROUPS.keySet())
                            + " in its own namespace are",
                    "take it out of the application without deleting it (Prune=false), and keep it where admins keep such"
                            + " things");
        }
    }

    private static ServiceType type(List<Manifest> manifests) {
        Set<String> kinds = manifests.stream().map(Manifest::kind).collect(Collectors.toCollection(LinkedHashSet::new));
        if (!kinds.contains("Deployment")) {
            return ServiceType.STEP;
        }
        return kinds.contains("Service") ? ServiceType.GATEWAY : ServiceType.WORKER;
    }

    /** As the image says, else as the CI server's job does, else as the caller does. */
    private RepositoryUrl sources(AdoptedPlace place, RunningImage image) {
        Optional<String> told = ports.askedRegistry()
                .flatMap(registry -> label(registry, image))
                .or(() -> jobs.sources(place));
        if (told.isEmpty() && request.sources().isEmpty()) {
            throw input(
                    "nothing says where its sources are: its image has no label " + SOURCE,
                    "give --sources https://HOST/{tenant}/{service}.git, or --jenkins URL with a job of its name");
        }
        return new RepositoryUrl(told.orElseGet(() -> request.sources()
                .replace("{tenant}", place.tenant().value())
                .replace("{service}", place.service().value())));
    }

    /** A registry that we may not ask tells nothing. */
    private static Optional<String> label(ImageRegistry registry, RunningImage image) {
        try {
            return Optional.ofNullable(registry.labels(image.release()).get(SOURCE))
                    .filter(url -> url.contains("://"));
        } catch (FailureException e) {
            return Optional.empty();
        }
    }

    static FailureException input(String what, String fix) {
        return FailureException.input(what, fix);
    }
}
