package io.imaas.app;

import io.imaas.model.request.BuildOptions;
import io.imaas.model.request.PlanRequest.DeliverRequest;
import io.imaas.model.request.SourceChange;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.SourceHead;
import io.imaas.model.source.TreeHash;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.delivery.SourceLayout;
import io.imaas.plan.snapshot.PastRelease;
import io.imaas.step.observe.ReleaseHistory;
import java.util.List;
import java.util.Optional;

/** The promotion that a merge of a service's own branches asks for and that nobody carried out: found in Git alone. */
record PendingMerge(TenantWorld world) {
    /** How many releases of an environment are looked through. */
    private static final int LOOK_BACK = 50;

    /**
     * Empty when the service's branch asks for nothing: there is none, its sources were never released to the
     * environment before, the environment had them already (and may have been rolled back since), or it has newer ones.
     *
     * @param build who asks, for the audit log
     */
    Optional<DeliverRequest> into(EnvironmentName to, ServiceName name, String build) {
        Service service = world.known(name);
        SourceRepository sources =
                new SourceRepository(service.repository(), world.ports().git(service.repository()));
        Optional<CommitId> head = sources.repository().head(to.branch());
        if (head.isEmpty()) {
            return Optional.empty();
        }
        SourceChange change =
                new SourceChange(service.repository(), head.get(), new SourceHead.Branch(to.branch()), build);
        return isPending(service, to, sources, change)
                ? Optional.of(new DeliverRequest(
                        change, new BuildOptions("", List.of(), BuildOptions.ROLLOUT, service.name())))
                : Optional.empty();
    }

    private boolean isPending(Service service, EnvironmentName to, SourceRepository sources, SourceChange change) {
        List<Service> together = world.tenant().services().stream()
                .filter(other -> other.repository().equals(service.repository()))
                .toList();
        String path = SourceLayout.of(world.tenant(), together, sources.settings(change))
                .only(service.name())
                .groups()
                .get(0)
                .get(0)
                .path();
        TreeHash tree = sources.tree(change.commit(), path);
        List<TreeHash> there = trees(service, to);
        if (there.contains(tree)) {
            return false;
        }
        EnvironmentName from = service.environments().get(service.environments().indexOf(to) - 1);
        List<TreeHash> before = trees(service, from);
        int asked = before.indexOf(tree);
        int running = there.isEmpty() ? -1 : before.indexOf(there.get(0));
        return asked >= 0 && (running < 0 || asked < running);
    }

    /** The sources that an environment's releases were built from, newest first; releases that name none are left out. */
    private List<TreeHash> trees(Service service, EnvironmentName environment) {
        ReleaseHistory history = world.history();
        return history.of(service.name(), environment, LOOK_BACK).stream()
                .map(PastRelease::release)
                .map(release -> release.tree())
                .filter(tree -> tree != null)
                .toList();
    }
}
