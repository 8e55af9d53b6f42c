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
 */
public record ArgoCdSettings(
        ServerSettings server, String chartFolder, Limits limits, ServiceProbe probe, boolean adopts) {
    /** The same, and projects that say nothing of their owner are taken over. */
    public ArgoCdSettings adopting() {
        return new ArgoCdSettings(server, chartFolder, limits, probe, true);
    }

    /** The usual ones: in-cluster, a chart per service, default limits, no probe. */
    public static ArgoCdSettings of(ServerSettings server) {
        return new ArgoCdSettings(server, "", Limits.defaults(), ServiceProbe.NONE, false);
    }

    /** The same with one chart for all services, in this folder. */
    public ArgoCdSettings rendering(String folder) {
        return new ArgoCdSettings(server, folder, limits, probe, adopts);
    }

    /** The same, and each service is asked before it is called live. */
    public ArgoCdSettings probing(ServiceProbe asked) {
        return new ArgoCdSettings(server, chartFolder, limits, asked, adopts);
    }
}
