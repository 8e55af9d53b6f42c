package io.imaas.app;

import io.imaas.model.request.DiffRequest;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.promotion.Outlook;
import io.imaas.plan.snapshot.GitOpsState;
import io.imaas.plan.snapshot.PastRelease;
import io.imaas.plan.snapshot.ReleaseGap;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.port.GitRepository;
import io.imaas.port.TextDiff;
import io.imaas.report.InboxBuilder;
import io.imaas.report.InboxItem;
import io.imaas.report.Matrix;
import io.imaas.report.MatrixBuilder;
import io.imaas.report.ReleaseDiff;
import io.imaas.step.observe.ChangeObserver;
import io.imaas.step.observe.ReleaseGapObserver;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What people may ask without changing anything: status, history, differences. From Git alone. */
record Overview(TenantWorld world) {
    /** What runs where, since when, and what waits for whom. */
    Matrix status(Optional<ServiceName> service) {
        service.ifPresent(world::known);
        GitOpsState state = service.map(one -> world.observer().observe(world.environments(), List.of(one)))
                .orElseGet(world::ownState);
        return new MatrixBuilder(
                        world.tenant(),
                        state,
                        new ChangeObserver(world.repository()).observe(state),
                        new Outlook(world.platform(), world.tenant()))
                .build();
    }

    /** What waits for whom, the most urgent first. */
    List<InboxItem> inbox() {
        GitOpsState state = world.ownState();
        return InboxBuilder.of(
                world.platform(), world.tenant(), state, new ChangeObserver(world.repository()).observe(state));
    }

    /**
     * What a service ran, newest first, by environment.
     *
     * @param environment null: all of the path
     */
    Map<EnvironmentName, List<PastRelease>> history(ServiceName service, EnvironmentName environment, int limit) {
        world.known(service);
        List<EnvironmentName> wanted = environment == null
                ? world.environments()
                : List.of(world.known(environment).name());
        Map<EnvironmentName, List<PastRelease>> past = new LinkedHashMap<>();
        wanted.forEach(each -> past.put(each, world.history().of(service, each, limit)));
        return past;
    }

    /** What lies between two environments of a service. */
    ReleaseDiff diff(DiffRequest wanted) {
        ServiceState newer = state(wanted.service(), wanted.newer());
        ServiceState older = state(wanted.service(), wanted.older());
        RepositoryUrl url = wanted.sources() == null ? sourcesOf(wanted.service()) : wanted.sources();
        Supplier<GitRepository> sources =
                url == null ? null : () -> world.ports().git(url);
        TextDiff diff = world.ports().port(TextDiff.class);
        ReleaseGap gap = new ReleaseGapObserver(
                        wanted.labels() ? world.ports().askedRegistry().orElse(null) : null, sources, diff)
                .observe(newer.release(), older.release());
        return new ReleaseDiff(
                wanted.service(),
                wanted.newer(),
                wanted.older(),
                newer.release(),
                older.release(),
                diff.of(text(older.releaseFile()), text(newer.releaseFile())),
                diff.of(text(older.valuesFile()), text(newer.valuesFile())),
                gap);
    }

    /** Null where nobody knows them: an assumed tenant has its GitOps repository alone. */
    private RepositoryUrl sourcesOf(ServiceName service) {
        RepositoryUrl url = world.known(service).repository();
        return url.equals(world.tenant().gitops()) ? null : url;
    }

    private ServiceState state(ServiceName service, EnvironmentName environment) {
        world.known(service);
        world.known(environment);
        return world.observer()
                .observe(List.of(environment), List.of(service))
                .environment(environment)
                .service(service)
                .map(ServiceState::orThrow)
                .orElseGet(() -> new ServiceState(service, null, null, null, null, null));
    }

    private static String text(String file) {
        return file == null ? "" : file;
    }
}
