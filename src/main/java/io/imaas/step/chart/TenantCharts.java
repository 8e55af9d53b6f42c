package io.imaas.step.chart;

import io.imaas.model.kubernetes.Manifests;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.ChartPin;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.SecretsPolicy;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.port.ChartRenderer.Chart;
import io.imaas.port.ChartStore.StoredChart;
import io.imaas.port.GitRepository;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The charts of one tenant's environments. An environment that has been rendered keeps the chart beside its manifests, and
 * goes on with it until the platform's chart is promoted there: neither a new version of the program nor a change of
 * {@code platform.yaml} alters what runs by itself.
 *
 * @param secrets by which services get theirs: Vault's agent is told in their pods
 * @param pins which chart the platform names for an environment
 */
public record TenantCharts(
        Charts tools,
        Tenant tenant,
        GitRepository repository,
        SecretsPolicy secrets,
        Function<EnvironmentName, ChartPin> pins) {
    /** The chart that the platform names for an environment. */
    public StoredChart pinned(EnvironmentName environment) {
        return tools.store().pinned(pins.apply(environment));
    }

    /** What an environment renders with where the manifests' branch is at a commit. */
    public StoredChart at(EnvironmentName environment, Optional<CommitId> rendered) {
        return rendered.flatMap(this::kept).orElseGet(() -> pinned(environment));
    }

    /** The chart beside the manifests of a commit; empty where nothing was rendered yet. */
    public Optional<StoredChart> kept(CommitId rendered) {
        return repository.tree(rendered, GitOpsPaths.CHART).map(tree -> tools.store()
                .of("tree " + tree, () -> files(rendered)));
    }

    private Map<String, byte[]> files(CommitId rendered) {
        Map<String, byte[]> files = new TreeMap<>();
        for (String path : repository.list(rendered, GitOpsPaths.CHART)) {
            repository
                    .read(rendered, path)
                    .ifPresent(content -> files.put(path.substring(GitOpsPaths.CHART.length() + 1), content));
        }
        return files;
    }

    /** What a service runs, as it stands on the manifests' branch. */
    public Manifests read(String text, EnvironmentName environment) {
        return new Manifests(tools.renderer().read(text, tenant.namespace(environment)));
    }

    /**
     * What a service would run.
     *
     * @param files the texts of {@code values.yaml}, {@code release.yaml}, {@code env/<env>.yaml} and {@code
     *     migration.yaml}; null where there is none
     * @throws io.imaas.model.failure.FailureException INPUT when the chart does not render with them
     */
    public Manifests render(StoredChart chart, ServiceName service, EnvironmentName environment, List<String> files) {
        return new Manifests(tools.renderer()
                .render(Chart.of(
                                chart.folder(),
                                tenant.name(),
                                service,
                                environment,
                                tenant.adopted(service, environment).isPresent(),
                                files)
                        .annotated(tenant.service(service)
                                .map(known -> secrets.annotations(tenant.name(), environment, known))
                                .orElse(Map.of()))));
    }
}
