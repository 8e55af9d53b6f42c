package io.imaas.model.request;

import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import java.io.Serializable;

/**
 * Tell what lies between two environments of a service.
 *
 * @param sources the service's own repository, for the commits between; null: as the platform says
 * @param labels whether the registry is asked for the images' labels
 */
public record DiffRequest(
        ServiceName service, EnvironmentName newer, EnvironmentName older, RepositoryUrl sources, boolean labels)
        implements Serializable {}
