package io.imaas.app;

import io.imaas.model.failure.FailureException;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ScanReport;
import io.imaas.model.image.Vulnerability;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.VulnerabilityPolicy;
import io.imaas.model.tenancy.VulnerabilityPolicy.Exemption;
import io.imaas.plan.snapshot.EnvironmentState;
import io.imaas.plan.snapshot.GitOpsState;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.port.ImageRegistry;
import io.imaas.report.Matrix.Notice;
import io.imaas.step.record.ScanReports;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the newest scans say of images that run already: a weakness that was found after the promotion needs no build to be told.
 */
record KnownWeaknesses(TenantWorld world) {
    private static final int TOLD = 3;

    /**
     * A sentence for each release with something that would not be promoted today, or is by an exception alone; empty where no scan
     * is asked for.
     */
    List<Notice> of(Optional<ServiceName> service) {
        Optional<VulnerabilityPolicy> policy = world.platform().images().vulnerabilities();
        Optional<ImageRegistry> registry = world.ports().askedRegistry();
        if (policy.isEmpty() || registry.isEmpty()) {
            return List.of();
        }
        GitOpsState state = service.map(one -> world.observer().observe(world.environments(), List.of(one)))
                .orElseGet(world::ownState);
        ScanReports reports = ScanReports.of(policy.get(), world.records());
        Map<ImageRef, String> known = new HashMap<>();
        List<Notice> told = new ArrayList<>();
        for (EnvironmentState environment : state.environments()) {
            for (ServiceState one : environment.services()) {
                if (one.unreadable() == null && one.release() != null) {
                    String found = known.computeIfAbsent(
                            one.release().image(), image -> found(image, registry.get(), reports, policy.get()));
                    if (!found.isEmpty()) {
                        told.add(new Notice(
                                one.service(),
                                one.service() + " " + one.release().version() + " in " + environment.name() + ": "
                                        + found));
                    }
                }
            }
        }
        return told;
    }

    /** Whether the platform has no scanner of its own, or the image has a scan that is young enough. */
    boolean scanned(ImageRef image) {
        Optional<VulnerabilityPolicy> policy = world.platform()
                .images()
                .vulnerabilities()
                .filter(given -> given.scan().isPresent());
        Instant now = world.ports().clock().now();
        return policy.isEmpty()
                || policy.get()
                        .latest(
                                ScanReports.of(policy.get(), world.records())
                                        .of(image, world.ports().registry()),
                                now)
                        .filter(report ->
                                report.at().isAfter(now.minus(policy.get().maxAge())))
                        .isPresent();
    }

    private static <T> String told(String what, List<T> all, Function<T, String> sentence) {
        return all.isEmpty()
                ? ""
                : what
                        + all.stream().limit(TOLD).map(sentence).collect(Collectors.joining(", "))
                        + (all.size() > TOLD ? " and " + (all.size() - TOLD) + " more" : "");
    }

    private String found(ImageRef image, ImageRegistry registry, ScanReports reports, VulnerabilityPolicy policy) {
        try {
            Optional<ScanReport> latest = policy.latest(
                    reports.of(image, registry), world.ports().clock().now());
            LocalDate today = LocalDate.ofInstant(
                    world.ports().clock().now(), world.platform().zone());
            return latest.map(report -> Stream.of(
                                    told(
                                            "known weaknesses since the scan of " + report.at() + ": ",
                                            policy.forbidden(report, today),
                                            Vulnerability::toString),
                                    told("by exception: ", policy.used(report, today), Exemption::sentence))
                            .filter(part -> !part.isEmpty())
                            .collect(Collectors.joining("; ")))
                    .orElse("");
        } catch (FailureException e) {
            return "its scans can't be read: " + e.failure().what();
        }
    }
}
