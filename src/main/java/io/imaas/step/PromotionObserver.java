package io.imaas.step;

import io.imaas.model.CommitId;
import io.imaas.model.EnvironmentName;
import io.imaas.model.FailureException;
import io.imaas.model.FailureKind;
import io.imaas.model.GitOpsPaths;
import io.imaas.model.ImageRef;
import io.imaas.model.Manifest;
import io.imaas.model.ServiceName;
import io.imaas.model.Tenant;
import io.imaas.plan.promotion.ImageFacts;
import io.imaas.plan.promotion.LineDiff;
import io.imaas.plan.promotion.PromotionFacts;
import io.imaas.plan.promotion.RenderFacts;
import io.imaas.plan.state.EnvironmentState;
import io.imaas.plan.state.GitOpsState;
import io.imaas.plan.state.ServiceState;
import io.imaas.port.ChartRenderer;
import io.imaas.port.GitRepository;
import io.imaas.port.ImageRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Gathers what a promotion is decided on. Writes nothing. */
public final class PromotionObserver {
    /** How many releases of an environment are searched for the sources of a merge. */
    private static final int LOOK_BACK = 200;

    private final GitOpsObserver observer;
    private final GitRepository repository;
    private final Optional<ImageRegistry> registry;
    private final Optional<ChartSource> charts;

    /**
     * @param registry empty when none is at hand: then nothing is said of images
     * @param charts empty when none is at hand: then nothing is rendered
     */
    public PromotionObserver(
            GitOpsObserver observer,
            GitRepository repository,
            Optional<ImageRegistry> registry,
            Optional<ChartSource> charts) {
        this.observer = observer;
        this.repository = repository;
        this.registry = registry;
        this.charts = charts;
    }

    /** @param folder of the chart of MI services */
    public record ChartSource(ChartRenderer renderer, String folder) {}

    /** The facts of promoting whatever runs in {@code from} to {@code to}. */
    public PromotionFacts observe(
            Tenant tenant, List<EnvironmentName> environments, EnvironmentName from, EnvironmentName to) {
        GitOpsState state = observer.observe(environments);
        EnvironmentState source = state.environment(from);
        EnvironmentState target = state.environment(to);
        List<ImageFacts> images = new ArrayList<>();
        List<RenderFacts> renders = new ArrayList<>();
        for (ServiceState service : source.services()) {
            boolean moves = service.release() != null
                    && !target.service(service.service())
                            .flatMap(ServiceState::running)
                            .filter(service.release()::equals)
                            .isPresent();
            if (moves) {
                registry.ifPresent(r -> images.add(image(r, service.release().image())));
                charts.filter(c -> target.head() != null)
                        .ifPresent(c -> renders.add(render(c, tenant, service, target)));
            }
        }
        return new PromotionFacts(state, images, renders, List.of());
    }

    /** The same, with what the service once ran in {@code from}: needed to promote by sources. */
    public PromotionFacts observe(
            Tenant tenant,
            List<EnvironmentName> environments,
            EnvironmentName from,
            EnvironmentName to,
            ServiceName service,
            ReleaseHistory history) {
        PromotionFacts facts = observe(tenant, environments, from, to);
        return new PromotionFacts(facts.state(), facts.images(), facts.renders(), history.of(service, from, LOOK_BACK));
    }

    private static ImageFacts image(ImageRegistry registry, ImageRef image) {
        boolean exists = registry.exists(image);
        String tests = exists ? registry.labels(image).getOrDefault("io.imaas.tests", "") : "";
        return new ImageFacts(image.digest(), exists, tests);
    }

    private RenderFacts render(ChartSource chart, Tenant tenant, ServiceState source, EnvironmentState target) {
        ServiceName service = source.service();
        String own = read(target.head(), GitOpsPaths.environment(service, target.name()));
        try {
            String after = manifests(chart, tenant, target, service, source.valuesFile(), source.releaseFile(), own);
            String before = target.service(service)
                    .filter(now -> now.release() != null)
                    .map(now -> manifests(chart, tenant, target, service, now.valuesFile(), now.releaseFile(), own))
                    .orElse("");
            return new RenderFacts(service, "", LineDiff.of(before, after));
        } catch (FailureException e) {
            if (e.failure().kind() != FailureKind.INPUT) {
                throw e;
            }
            return new RenderFacts(service, e.failure().what(), List.of());
        }
    }

    private static String manifests(
            ChartSource chart,
            Tenant tenant,
            EnvironmentState target,
            ServiceName service,
            String values,
            String release,
            String own) {
        List<String> documents = Stream.of(values, release, own)
                .filter(java.util.Objects::nonNull)
                .toList();
        return chart
                .renderer()
                .render(new ChartRenderer.Chart(
                        chart.folder(), service.value(), tenant.namespace(target.name()), documents))
                .stream()
                .map(Manifest::yaml)
                .collect(Collectors.joining("\n---\n"));
    }

    private String read(CommitId commit, String path) {
        return repository
                .read(commit, path)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse(null);
    }
}
