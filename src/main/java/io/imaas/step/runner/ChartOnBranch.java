package io.imaas.step.runner;

import io.imaas.model.failure.FailureException;
import io.imaas.model.kubernetes.Manifests;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.source.BlobId;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.port.ChartStore.StoredChart;
import io.imaas.port.FileEdit;
import io.imaas.port.GitRepository;
import io.imaas.port.Precondition;
import io.imaas.step.chart.TenantCharts;
import io.imaas.step.runner.Landings.Reviewed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The chart that an environment's manifests are made with, as it stands beside them. The first change brings the
 * platform's; from then on it stays until another one is promoted, which changes the manifests of all services at once.
 */
final class ChartOnBranch {
    private final Tenant tenant;
    private final GitRepository repository;
    private final Optional<TenantCharts> charts;
    private final EnvironmentName environment;
    private final Optional<CommitId> rendered;
    private final Optional<StoredChart> kept;
    private final Optional<StoredChart> used;
    private final boolean promoted;

    /** @throws FailureException CONFLICT when another chart is promoted than gates looked at */
    ChartOnBranch(
            Tenant tenant,
            GitRepository repository,
            Optional<TenantCharts> charts,
            EnvironmentName environment,
            Optional<CommitId> rendered,
            Reviewed reviewed) {
        this.tenant = tenant;
        this.repository = repository;
        this.charts = charts;
        this.environment = environment;
        this.rendered = rendered;
        this.promoted = !reviewed.chart().isEmpty();
        this.kept = charts.flatMap(known -> rendered.flatMap(known::kept));
        this.used = promoted || kept.isEmpty() ? charts.map(known -> known.pinned(environment)) : kept;
        if (promoted && used.stream().noneMatch(chart -> chart.digest().equals(reviewed.chart()))) {
            throw FailureException.conflict(
                    "the platform names another chart than gates looked at",
                    environment.value(),
                    "run it again, to decide on the chart of now");
        }
    }

    Optional<StoredChart> used() {
        return used;
    }

    Manifests render(ServiceName service, List<String> files) {
        StoredChart chart = used.orElseThrow(() -> FailureException.input(
                "what runs of tenant " + tenant.name() + " is rendered before it lands, and there is no chart",
                tenant.gitops().value(),
                "give --platform REPOSITORY, or --chart-folder DIR"));
        return charts.orElseThrow().render(chart, service, environment, files);
    }

    /** What brings the chart there; nothing where it stands already. */
    List<FileEdit> edits() {
        if (used.isEmpty() || used.equals(kept)) {
            return List.of();
        }
        List<FileEdit> edits = new ArrayList<>();
        Map<String, byte[]> files = charts.orElseThrow().tools().store().files(used.get());
        files.forEach((path, content) -> edits.add(FileEdit.content(GitOpsPaths.CHART + "/" + path, content)));
        rendered.map(commit -> repository.list(commit, GitOpsPaths.CHART)).orElse(List.of()).stream()
                .filter(path -> !files.containsKey(path.substring(GitOpsPaths.CHART.length() + 1)))
                .forEach(path -> edits.add(FileEdit.text(path, null)));
        edits.add(FileEdit.text(GitOpsPaths.CHART_DIGEST, used.get().digest() + "\n"));
        return edits;
    }

    /**
     * That the chart is still the one that was rendered with. Where it is replaced nothing else may have come meanwhile, and
     * no service may be left with manifests of the old one.
     *
     * @throws FailureException CONFLICT when a service is left
     */
    List<Precondition> expected(Collection<ServiceName> services) {
        BranchName branch = GitOpsPaths.rendered(environment);
        if (!promoted) {
            return used.isEmpty()
                    ? List.of()
                    : List.of(new Precondition.Content(
                            branch,
                            GitOpsPaths.CHART_DIGEST,
                            kept.map(chart -> BlobId.of(chart.digest() + "\n")).orElse(null)));
        }
        CommitId tip = rendered.orElse(null);
        for (ServiceName service : tenant.servicesIn(environment)) {
            boolean runs = tip != null
                    && repository
                            .read(tip, GitOpsPaths.manifests(service))
                            .filter(text -> !new String(text, StandardCharsets.UTF_8).equals(Manifests.NONE.text()))
                            .isPresent();
            if (runs && !services.contains(service)) {
                throw FailureException.conflict(
                        service + " came meanwhile, and would be left with the chart of before",
                        branch + ":" + GitOpsPaths.manifests(service),
                        "run it again, to promote the chart for it as well");
            }
        }
        return List.of(new Precondition.Head(branch, tip));
    }
}
