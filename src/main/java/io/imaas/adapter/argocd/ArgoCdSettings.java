package io.imaas.adapter.argocd;

import io.imaas.adapter.argocd.api.ServerSettings;
import io.imaas.adapter.argocd.machine.Limits;
import io.imaas.port.ServiceProbe;

/**
 * How we work with one Argo CD.
 *
 * @param chartFolder the platform's chart in the GitOps repository; empty when each service's folder has a
 *     {@code Chart.yaml} of its own
 * @param limits how long each state of a rollout may last
 * @param probe asks each service itself before it is called live
 * @param adopts whether projects that exist and say nothing of their owner are taken over
 * @param manyTenants whether this is one run over many tenants, for which all that is there is listed once
 */
public record ArgoCdSettings(
        ServerSettings server,
        String chartFolder,
        Limits limits,
        ServiceProbe probe,
        boolean adopts,
        boolean manyTenants) {
    /** The same, and projects that say nothing of their owner are taken over. */
    public ArgoCdSettings adopting() {
        return new ArgoCdSettings(server, chartFolder, limits, probe, true, manyTenants);
    }

    /** The usual ones: in-cluster, a chart per service, default limits, no probe. */
    public static ArgoCdSettings of(ServerSettings server) {
        return new ArgoCdSettings(server, "", Limits.defaults(), ServiceProbe.NONE, false, false);
    }

    /** The same with one chart for all services, in this folder. */
    public ArgoCdSettings rendering(String folder) {
        return new ArgoCdSettings(server, folder, limits, probe, adopts, manyTenants);
    }

    /** The same, and each service is asked before it is called live. */
    public ArgoCdSettings probing(ServiceProbe asked) {
        return new ArgoCdSettings(server, chartFolder, limits, asked, adopts, manyTenants);
    }

    /** The same for one run over many tenants. */
    public ArgoCdSettings atOnce() {
        return new ArgoCdSettings(server, chartFolder, limits, probe, adopts, true);
    }
}
