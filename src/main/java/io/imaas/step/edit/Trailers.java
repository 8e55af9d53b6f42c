package io.imaas.step.edit;

import io.imaas.model.rollout.Release;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import java.util.LinkedHashMap;
import java.util.Map;

/** The trailers of our commits: the audit log and the promotion history. */
public final class Trailers {
    private Trailers() {}

    public static Map<String, String> of(
            String tenant,
            ServiceName service,
            EnvironmentName environment,
            Release release,
            String actor,
            String build) {
        Map<String, String> trailers = new LinkedHashMap<>();
        trailers.put("Imaas-Tenant", tenant);
        trailers.put("Imaas-Service", service.value());
        trailers.put("Imaas-Environment", environment.value());
        trailers.put("Imaas-Image", release.image().toString());
        if (release.source() != null) {
            trailers.put("Imaas-Source", release.source().value());
        }
        if (!build.isEmpty()) {
            trailers.put("Imaas-Build", build);
        }
        trailers.put("Imaas-Actor", actor);
        return trailers;
    }
}
