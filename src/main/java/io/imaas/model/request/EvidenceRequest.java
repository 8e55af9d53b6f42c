package io.imaas.model.request;

import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import java.io.Serializable;

/**
 * Wants the evidence of a release.
 *
 * @param release version or digest, or its first digits; empty: what is on the environment's branch now
 */
public record EvidenceRequest(ServiceName service, EnvironmentName environment, String release)
        implements Serializable {
    /** HTTP's {@code Content-Disposition} for the answer, with the file's name. */
    public String disposition(TenantName tenant) {
        return "attachment; filename=\"" + tenant + "-" + service + "-" + environment + "-evidence.json\"";
    }
}
