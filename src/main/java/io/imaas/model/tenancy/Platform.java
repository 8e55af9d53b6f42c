package io.imaas.model.tenancy;

import io.imaas.model.image.ImageRepository;
import io.imaas.model.record.Trust;
import io.imaas.model.tenancy.Environment.OverridePolicy;
import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/**
 * What holds for every tenant.
 *
 * @param registries where images may come from; the first is where tenants' images go; empty only where there is no platform
 *     repository
 * @param baseImage the image under every service, by digest, or empty for none
 * @param zone freeze windows are days in this time zone
 * @param noTests what a service without unit tests means
 * @param projectMavenWrapper whether a project's own {@code mvnw} may run
 * @param overrides who may pass a closed gate by force
 * @param stopTheLine why nothing is promoted at all
 * @param images what must be known of an image before it is promoted or released
 * @param manifests what rendered manifests may hold
 * @param trust whose records count
 * @param charts by environment, which chart its services get; one that is left out gets the program's own
 * @param gates other systems that are asked
 * @param verify what is asked after a rollout
 * @param showsDeployments whether the servers of services' sources show where their commits run
 * @param onboarding which parts of tenants' spaces are made
 */
public record Platform(
        String name,
        List<ImageRepository> registries,
        String baseImage,
        ZoneId zone,
        NoTests noTests,
        boolean projectMavenWrapper,
        OverridePolicy overrides,
        Stop stopTheLine,
        ImagePolicy images,
        ManifestPolicy manifests,
        Trust trust,
        Map<EnvironmentName, ChartPin> charts,
        List<HttpGate> gates,
        List<Verification> verify,
        boolean showsDeployments,
        OnboardingPolicy onboarding)
        implements Serializable {
    public Platform {
        gates = List.copyOf(gates);
        verify = List.copyOf(verify);
        registries = List.copyOf(registries);
        charts = Map.copyOf(charts);
    }

    /** The same, for questions that nobody asks a registry or another system about. */
    public Platform alone() {
        return new Platform(
                name,
                registries,
                baseImage,
                zone,
                noTests,
                projectMavenWrapper,
                overrides,
                stopTheLine,
                ImagePolicy.USUAL,
                manifests,
                trust,
                charts,
                List.of(),
                verify,
                showsDeployments,
                onboarding);
    }

    /** What is asked after a rollout to an environment. */
    public List<Verification> verify(EnvironmentName environment) {
        return verify.stream().filter(check -> check.appliesTo(environment)).toList();
    }

    public ChartPin chart(EnvironmentName environment) {
        return charts.getOrDefault(environment, ChartPin.BUNDLED);
    }

    /** Which day it is for the platform's people. */
    public LocalDate dayOf(Instant moment) {
        return LocalDate.ofInstant(moment, zone);
    }

    /** Its time zone as people know it. */
    public String zoneName() {
        return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }

    /** Whether an image may come from there: it is one of the registries or lies below one. */
    public boolean allows(ImageRepository source) {
        return registries.stream().anyMatch(source::isWithin);
    }

    /**
     * Whether it is on the host of one of the registries: no other host is asked for an image. Where a tenant is worked on
     * without a platform repository nothing is listed, and its operator names the images.
     */
    public boolean listsHostOf(ImageRepository images) {
        return registries.isEmpty()
                || registries.stream().anyMatch(one -> one.registry().equals(images.registry()));
    }

    /** Below which the images of a tenant's services are kept: on Harbor a project of its own. */
    public ImageRepository imagesOf(TenantName tenant) {
        ImageRepository all = registries.get(0);
        return onboarding.registry().isHarbor()
                ? new ImageRepository(all.registry(), all.path() + "-" + tenant)
                : all.child(tenant.value());
    }

    /** Whether it lies where images of tenants' services are kept. */
    public boolean keeps(ImageRepository images) {
        return images.isWithin(registries.get(0));
    }

    /** What a service without unit tests means, strictest first. */
    public enum NoTests {
        FAIL,
        WARN,
        IGNORE
    }
}
