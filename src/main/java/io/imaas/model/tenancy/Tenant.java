package io.imaas.model.tenancy;

import io.imaas.model.failure.FailureException;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Service.ServiceType;
import java.io.Serializable;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Owner and isolation boundary.
 *
 * @param platform the platform's name; empty where none is known, as on a command line without metadata
 * @param owners who may approve changes of the tenant itself
 * @param gitops the repository with one branch an environment
 * @param environments the promotion path, in order; never empty
 * @param allowFrom other tenants whose pods may call this one's
 * @param stopTheLine why nothing of the tenant is promoted
 * @param offboarding from when the whole tenant is taken away, if ever
 * @param delivery how releases reach the cluster
 * @param reach what its services are reached by and reach
 * @param developers who may look at what runs, and where the platform allows it work in pods
 * @param previews whether and how pull requests run on trial
 */
public record Tenant(
        String platform,
        TenantName name,
        String displayName,
        List<String> owners,
        String contact,
        RepositoryUrl gitops,
        List<Environment> environments,
        Quota quota,
        List<TenantName> allowFrom,
        List<Service> services,
        Stop stopTheLine,
        Offboarding offboarding,
        Delivery delivery,
        Reach reach,
        List<String> developers,
        Previews previews)
        implements Serializable {
    public Tenant {
        owners = List.copyOf(owners);
        developers = List.copyOf(developers);
        environments = List.copyOf(environments);
        allowFrom = List.copyOf(allowFrom);
        services = List.copyOf(services);
    }

    public Optional<Service> service(ServiceName wanted) {
        return services.stream()
                .filter(s -> s.name().equals(wanted))
                .findFirst()
                .or(() -> isPreviewSpace() ? Preview.of(wanted).map(this::previewed) : Optional.empty());
    }

    /** A preview of a service that is not the tenant's any more is still known, so that it can be removed. */
    private Service previewed(Preview preview) {
        Optional<Service> of = services.stream()
                .filter(s -> s.name().equals(preview.service()))
                .findFirst();
        return new Service(
                preview.name(),
                of.map(Service::repository).orElse(gitops),
                of.map(Service::type).orElse(ServiceType.WORKER),
                List.of(Previews.SPACE),
                Stop.NONE,
                of.map(Service::offboarding).orElse(Offboarding.NONE),
                List.of(),
                List.of(),
                List.of(),
                "");
    }

    /**
     * The tenant as its previews have it: one environment, which none of its services is on the way to, with the previews'
     * share of the quota, and hosts of their own alone.
     */
    public Tenant previewSpace() {
        return new Tenant(
                platform,
                name,
                displayName,
                owners,
                contact,
                gitops,
                List.of(new Environment(Previews.SPACE, List.of(), 1, List.of(), Duration.ZERO, false, false)),
                previews.quota(),
                allowFrom,
                services,
                stopTheLine,
                offboarding,
                delivery,
                new Reach(previews.host().isEmpty() ? List.of() : List.of("*." + previews.host()), reach.egress()),
                developers,
                previews);
    }

    /** Whether it is what {@link #previewSpace} gives. */
    public boolean isPreviewSpace() {
        return environments.size() == 1
                && environment(Previews.SPACE).isPresent()
                && servicesIn(Previews.SPACE).isEmpty();
    }

    /** @throws FailureException INPUT when the tenant has no such service */
    public Service requiredService(ServiceName wanted) {
        return service(wanted)
                .orElseThrow(() -> FailureException.unknown(
                        "tenant " + name + " has no service '" + wanted + "'",
                        "tenants/" + name + ".yaml",
                        wanted.value(),
                        services.stream().map(known -> known.name().value()).toList()));
    }

    /** When a service goes: with its tenant, or before it. */
    public Offboarding offboardingOf(Service service) {
        return offboarding.orEarlier(service.offboarding());
    }

    /** When a service goes from an environment: with its tenant, with the environment, or before them. */
    public Offboarding offboardingOf(Service service, Environment environment) {
        return offboardingOf(service).orEarlier(environment.offboarding());
    }

    /** Its tombstone and those of single environments and services, each as a sentence for people; empty when all of it stays. */
    public List<String> tombstones() {
        return Stream.concat(ownTombstones(), services.stream().flatMap(this::tombstone))
                .toList();
    }

    /** Those of the tenant itself and of its environments. */
    public Stream<String> ownTombstones() {
        Stream<String> own = Stream.of(offboarding)
                .filter(Offboarding::isPlanned)
                .map(tombstone -> tombstone.sentence("tenant " + name));
        Stream<String> ofEnvironments = environments.stream()
                .filter(environment -> environment.offboarding().isPlanned())
                .map(environment -> environment.offboarding().sentence(environment.name() + " of tenant " + name));
        return Stream.concat(own, ofEnvironments);
    }

    /** That of a service; empty when it stays. */
    public Stream<String> tombstone(Service service) {
        return Stream.of(service.offboarding())
                .filter(Offboarding::isPlanned)
                .map(tombstone -> tombstone.sentence(service.name() + " of tenant " + name));
    }

    /** The tenant with some of its environments alone, and all its services. */
    public Tenant within(Set<EnvironmentName> some) {
        return with(
                environments.stream()
                        .filter(environment -> some.contains(environment.name()))
                        .toList(),
                services);
    }

    private Tenant with(List<Environment> remaining, List<Service> running) {
        return new Tenant(
                platform,
                name,
                displayName,
                owners,
                contact,
                gitops,
                remaining,
                quota,
                allowFrom,
                running,
                stopTheLine,
                offboarding,
                delivery,
                reach,
                developers,
                previews);
    }

    /** The names of environments that are offboarded by a day, in order. */
    public Set<EnvironmentName> environmentsGoneOn(LocalDate day) {
        Set<EnvironmentName> gone = new LinkedHashSet<>();
        environments.stream()
                .filter(environment -> environment.offboarding().isDue(day))
                .forEach(environment -> gone.add(environment.name()));
        return gone;
    }

    /** The tenant without the environments and the services that are offboarded by a day. */
    public Tenant remainingOn(LocalDate day) {
        return with(
                environments.stream()
                        .filter(environment -> !environment.offboarding().isDue(day))
                        .toList(),
                services.stream()
                        .filter(service -> !offboardingOf(service).isDue(day))
                        .toList());
    }

    /** Whether exactly the manifests that the orchestrator committed come into the cluster. */
    public boolean isRendered() {
        return delivery != Delivery.HELM;
    }

    /** The services whose path has the environment. */
    public List<ServiceName> servicesIn(EnvironmentName environment) {
        return services.stream()
                .filter(service -> service.environments().contains(environment))
                .map(Service::name)
                .toList();
    }

    public Optional<Environment> environment(EnvironmentName wanted) {
        return environments.stream().filter(e -> e.name().equals(wanted)).findFirst();
    }

    public Optional<Adopted> adopted(ServiceName service, EnvironmentName environment) {
        return service(service).flatMap(known -> known.adopted(environment));
    }

    /** How the deployment server calls a service in an environment: by our names, or as it was called before. */
    public String application(ServiceName service, EnvironmentName environment) {
        return adopted(service, environment)
                .map(Adopted::application)
                .orElseGet(() -> namespace(environment) + "-" + service);
    }

    /** Whether an environment's namespace was there before the platform managed it. */
    public boolean adopts(EnvironmentName environment) {
        return environment(environment).filter(Environment::adopted).isPresent();
    }

    /** The tenant's space for an environment; Kubernetes allows 63 characters and this fits. */
    public String namespace(EnvironmentName environment) {
        return name.namespace(environment);
    }
}
