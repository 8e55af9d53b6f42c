package io.imaas.step.observe;

import io.imaas.model.kubernetes.ClusterObject;
import io.imaas.model.kubernetes.OwnLabels;
import io.imaas.port.Cluster;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** The admission policies of a platform that are in force in the cluster. */
public record PoliciesInCluster(Cluster cluster) {
    private static final String VERSION = "admissionregistration.k8s.io/v1";

    /** Those that are not wanted, as what is to be absent: what puts a policy into force goes before the policy. */
    public List<ClusterObject> unwanted(OwnLabels owner, Collection<ClusterObject> wanted) {
        return Stream.of("ValidatingAdmissionPolicyBinding", "ValidatingAdmissionPolicy")
                .flatMap(kind ->
                        cluster
                                .list(
                                        VERSION,
                                        kind,
                                        "",
                                        OwnLabels.PLATFORM,
                                        owner.labels().get(OwnLabels.PLATFORM))
                                .stream())
                .filter(found -> wanted.stream().noneMatch(object -> object.id().equals(found.id())))
                .map(found -> ClusterObject.absent(found.apiVersion(), found.kind(), "", found.name(), owner))
                .toList();
    }
}
