package io.imaas.cli;

import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import java.util.Optional;
import picocli.CommandLine.Parameters;

/** {@code SERVICE ENV}: one service in one environment. */
final class ServiceArguments {
    @Parameters(index = "0", paramLabel = "SERVICE", description = "which service")
    private String service;

    @Parameters(index = "1", paramLabel = "ENV", description = "which environment")
    private String environment;

    /** A service that may be left out. */
    static Optional<ServiceName> optional(String service) {
        return Optional.ofNullable(service).map(ServiceName::new);
    }

    ServiceName service() {
        return new ServiceName(service);
    }

    EnvironmentName environment() {
        return new EnvironmentName(environment);
    }
}
