package io.imaas.report;

import io.imaas.model.rollout.Release;
import io.imaas.model.rollout.Trailers;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.snapshot.AuditEntry;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Where the release that runs in an environment can be looked at. */
public final class ReleaseLinks {
    private ReleaseLinks() {}

    /** What can be looked at. */
    public enum What {
        /** The service's page at the server. */
        PAGE,
        /** The run that built it. */
        RUN,
        ARGOCD,
        /** Its sources. */
        COMMIT,
        /** A reference, and no address. */
        IMAGE
    }

    /**
     * @param changes of the environment, newest first
     * @param server where {@code imaas serve} is, or empty
     * @param argocd the server, or empty
     * @return what is known; empty when nothing runs there
     */
    public static Map<What, String> of(
            Tenant tenant,
            ServiceName service,
            EnvironmentName environment,
            List<AuditEntry> changes,
            String server,
            String argocd) {
        Map<What, String> known = new EnumMap<>(What.class);
        List<AuditEntry> releases =
                changes.stream().filter(change -> change.release() != null).toList();
        if (releases.isEmpty()) {
            return known;
        }
        Release release = releases.get(0).release();
        known.put(What.IMAGE, release.image().toString());
        if (!server.isEmpty()) {
            known.put(What.PAGE, base(server) + "/tenants/" + tenant.name() + "/services/" + service);
        }
        releases.stream()
                .filter(change -> release.image().equals(change.release().image()))
                .map(change -> change.trailers().get(Trailers.BUILD))
                .filter(ReleaseLinks::isAddress)
                .findFirst()
                .ifPresent(run -> known.put(What.RUN, run));
        if (!argocd.isEmpty()) {
            known.put(What.ARGOCD, base(argocd) + "/applications/" + tenant.application(service, environment));
        }
        tenant.service(service)
                .map(Service::repository)
                .filter(repository -> release.source() != null && isAddress(repository.value()))
                .ifPresent(repository -> known.put(
                        What.COMMIT,
                        repository.toString().replaceFirst("(\\.git)?/*$", "") + "/commit/" + release.source()));
        return known;
    }

    /** Whether a browser can open it. */
    public static boolean isAddress(String text) {
        return text.matches("https?://[^\\s\\p{Cntrl}]+");
    }

    private static String base(String url) {
        return url.replaceFirst("/+$", "");
    }
}
