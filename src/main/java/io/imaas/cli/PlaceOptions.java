package io.imaas.cli;

import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Request;
import io.imaas.model.tenancy.Request.Trigger;
import io.imaas.model.tenancy.ServiceName;
import picocli.CommandLine.Option;

/** One service in one environment. */
final class PlaceOptions {
    @Option(names = "--service", required = true, paramLabel = "S", description = "which service")
    private String service;

    @Option(names = "--env", required = true, paramLabel = "E", description = "which environment")
    private String environment;

    ServiceName service() {
        return new ServiceName(service);
    }

    EnvironmentName environment() {
        return new EnvironmentName(environment);
    }

    Request request(GitOpsSession session) {
        return new Request(session.tenant().name(), service(), Trigger.MANUAL, environment(), session.actor());
    }
}
