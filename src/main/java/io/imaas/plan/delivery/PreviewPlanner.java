package io.imaas.plan.delivery;

import io.imaas.model.request.Request;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.Trailers;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.Preview;
import io.imaas.model.tenancy.Previews;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import io.imaas.plan.Plan;
import io.imaas.plan.step.AwaitRemoval;
import io.imaas.plan.step.Basis;
import io.imaas.plan.step.CommitFiles;
import io.imaas.plan.step.EnsureApplication;
import io.imaas.plan.step.RemoveApplication;
import io.imaas.plan.step.StepGroup;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Decides how previews come and go. What stands is known by its folder on the branch of previews: it is the first that comes
 * and the last that goes, so that whatever is cut off is found there.
 */
public record PreviewPlanner(TenantName tenant, Request request) implements Serializable {
    /**
     * A delivery to the space of previews, with the values that it runs with before, and its application in between.
     *
     * @param values path to text
     * @param head of the branch of previews when they were counted: no other one may come meanwhile; null: any may
     */
    public Plan delivered(Plan delivery, ServiceName preview, Map<String, String> values, CommitId head) {
        List<StepGroup> groups = new ArrayList<>(delivery.groups());
        int rollout = groups.size() - 1;
        groups.add(rollout, StepGroup.of(new EnsureApplication("application", tenant, preview, Previews.SPACE)));
        groups.add(
                rollout - 1,
                StepGroup.of(commit("values", "Values of " + preview, Previews.SPACE.branch(), values, List.of(preview))
                        .resting(head == null ? Basis.NOTHING : new Basis(head, false, null))));
        return new Plan(
                "Preview " + preview,
                delivery.request(),
                delivery.gates(),
                groups,
                delivery.notes(),
                delivery.changes());
    }

    /**
     * Takes previews away: what runs, then what was to run.
     *
     * @param wanted their files on the branch of previews
     * @param rendered their files on the branch of manifests, with the chart when no other preview needs it
     */
    public Plan removed(Collection<ServiceName> previews, List<String> wanted, List<String> rendered) {
        String names = previews.stream().map(ServiceName::value).collect(Collectors.joining(", "));
        // What somebody else put there never ran.
        List<RemoveApplication> applications = previews.stream()
                .filter(name -> Preview.of(name).isPresent())
                .map(name -> new RemoveApplication("delete-application-" + name, tenant, name, Previews.SPACE))
                .toList();
        List<StepGroup> groups = new ArrayList<>();
        if (!applications.isEmpty()) {
            groups.add(new StepGroup("Delete the applications of " + names, List.copyOf(applications)));
            groups.add(StepGroup.of(
                    new AwaitRemoval("gone-previews", "Applications are gone", tenant, applications, List.of())));
        }
        addRemoval("delete-manifests", GitOpsPaths.rendered(Previews.SPACE), rendered, previews, groups);
        addRemoval("delete-values", Previews.SPACE.branch(), wanted, previews, groups);
        return new Plan("Remove " + names, request, List.of(), groups, List.of());
    }

    private void addRemoval(
            String id, BranchName branch, List<String> paths, Collection<ServiceName> previews, List<StepGroup> into) {
        if (!paths.isEmpty()) {
            Map<String, String> gone = new LinkedHashMap<>();
            paths.forEach(path -> gone.put(path, null));
            into.add(StepGroup.of(commit(id, "Remove previews from " + branch, branch, gone, previews)));
        }
    }

    private CommitFiles commit(
            String id, String title, BranchName branch, Map<String, String> files, Collection<ServiceName> previews) {
        Map<ServiceName, String> later = new LinkedHashMap<>();
        previews.forEach(name -> later.put(name, CommitFiles.LATER));
        return CommitFiles.of(
                id,
                title,
                branch,
                files,
                Trailers.of(tenant, previews, Previews.SPACE)
                        .with(Trailers.ACTOR, request.actor())
                        .lines(),
                later);
    }
}
