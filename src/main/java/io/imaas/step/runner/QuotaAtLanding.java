package io.imaas.step.runner;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.kubernetes.Manifests;
import io.imaas.model.kubernetes.Workload;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.gate.Answer;
import io.imaas.plan.gate.QuotaFit;
import io.imaas.port.Precondition;
import io.imaas.port.TextFiles;
import io.imaas.step.chart.TenantCharts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Asks for the quota once more on exactly the branch that a push changes. Several changes that fit one by one do not have to
 * fit together, and none of their plans knows of the others.
 */
record QuotaAtLanding(Tenant tenant, EnvironmentName environment, TenantCharts charts) {
    Precondition with(Map<ServiceName, Manifests> coming) {
        TreeSet<ServiceName> services = new TreeSet<>(tenant.servicesIn(environment));
        services.addAll(coming.keySet());
        Map<ServiceName, List<Workload>> arriving = new TreeMap<>();
        coming.forEach((service, manifests) -> arriving.put(service, counted(manifests)));
        return new Precondition.Together(
                GitOpsPaths.rendered(environment),
                services.stream().map(GitOpsPaths::manifests).toList(),
                branch -> require(services, branch, arriving));
    }

    private void require(TreeSet<ServiceName> services, TextFiles branch, Map<ServiceName, List<Workload>> arriving) {
        Map<ServiceName, List<Workload>> now = new TreeMap<>();
        for (ServiceName service : services) {
            branch.find(GitOpsPaths.manifests(service)).ifPresent(text -> now.put(service, counted(text)));
        }
        if (QuotaFit.of(tenant).answer(now, arriving, "") instanceof Answer.Closed closed) {
            throw new FailureException(new Failure(
                    closed.kind(),
                    "with what has landed meanwhile it " + closed.reason(),
                    tenant.name() + " -> " + environment,
                    closed.whatOpensIt()));
        }
    }

    /** What can't be understood is not counted when plans are made, either. */
    private List<Workload> counted(String text) {
        try {
            return counted(charts.read(text, environment));
        } catch (FailureException unreadable) {
            return List.of();
        }
    }

    private List<Workload> counted(Manifests manifests) {
        return charts.tools().workloads().of(manifests.all());
    }
}
