package io.imaas.port;

import io.imaas.model.tenancy.ServiceName;
import java.nio.file.Path;

/** Where services' sources lie on the machine that builds. */
public interface Workspaces {
    Workspace of(ServiceName service);

    /**
     * @param sources checkout of the service's repository at the commit to be built
     * @param output where what is built goes
     * @param localRepository the tenant's own local Maven repository
     */
    record Workspace(Path sources, Path output, Path localRepository, boolean offline) {}
}
