package io.imaas.model.request;

import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import java.io.Serializable;

/**
 * What somebody asked for.
 *
 * @param service null when the whole tenant is meant
 * @param target null when the request names no environment
 * @param actor who asked, as the door knows them
 */
public record Request(TenantName tenant, ServiceName service, EnvironmentName target, String actor)
        implements Serializable {}
