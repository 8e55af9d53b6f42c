package io.imaas.cli;

import io.imaas.adapter.helm.BundledChart;
import io.imaas.adapter.helm.HelmRenderer;
import io.imaas.adapter.kubernetes.ManifestWorkloads;
import io.imaas.adapter.oci.HttpImageRegistry;
import io.imaas.adapter.oci.RegistryCredentials;
import io.imaas.model.failure.FailureException;
import io.imaas.model.kubernetes.ContainerDefaults;
import io.imaas.model.tenancy.ImagePolicy;
import io.imaas.plan.promotion.PromotionPlanner;
import io.imaas.plan.promotion.PromotionRequest;
import io.imaas.plan.snapshot.PromotionFacts;
import io.imaas.port.ImageRegistry;
import io.imaas.step.observe.ArrivalObserver;
import io.imaas.step.observe.ArrivalObserver.ChartSource;
import io.imaas.step.observe.PromotionObserver;
import io.imaas.step.observe.ReleaseHistory;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * What is looked at before something comes to run: the image in its registry, and what Helm makes of the values. A
 * platform wants both; without one, whoever asks says which.
 */
final class CheckOptions {
    @Option(
            names = "--chart",
            paramLabel = "DIR",
            description = "chart to render the values with (default: the platform's own, and none without --platform)")
    private Path chart;

    @Option(
            names = "--image-check",
            negatable = true,
            description = {
                "ask the image's registry whether it is there, tested and signed (default: with --platform; there,",
                "--no-image-check needs 'policy.images.check: optional')"
            })
    private Boolean imageCheck;

    /** @throws FailureException POLICY when the platform wants what was left out */
    ArrivalObserver observer(GitOpsSession session) {
        return new ArrivalObserver(session.repository(), registry(session), charts(session));
    }

    PromotionFacts facts(GitOpsSession session, PromotionPlanner planner, PromotionRequest wanted) {
        ReleaseHistory history = new ReleaseHistory(session.repository(), session.values());
        return new PromotionObserver(session.observer(), history, observer(session))
                .observe(planner, session.tenant(), wanted);
    }

    private Optional<ImageRegistry> registry(GitOpsSession session) {
        ImagePolicy policy = session.platform().images();
        boolean wanted = imageCheck == null ? session.hasPlatform() : imageCheck;
        if (!wanted
                && session.hasPlatform()
                && !(policy.optional() && policy.signedBy().isEmpty())) {
            throw FailureException.policy(
                    "the platform wants every image looked up",
                    "--no-image-check",
                    policy.signedBy().isEmpty()
                            ? "leave it out, or let platform.yaml say policy.images.check: optional"
                            : "leave it out: signatures can't be verified without the registry");
        }
        return wanted ? Optional.of(new HttpImageRegistry(RegistryCredentials.of(System.getenv()))) : Optional.empty();
    }

    private Optional<ChartSource> charts(GitOpsSession session) {
        if (chart == null && !session.hasPlatform()) {
            return Optional.empty();
        }
        Path folder = chart == null ? BundledChart.unpack(session.cache().resolve("chart")) : chart;
        return Optional.of(
                new ChartSource(new HelmRenderer(), folder.toString(), new ManifestWorkloads(ContainerDefaults.USUAL)));
    }
}
