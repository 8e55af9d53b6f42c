package io.imaas.cli;

import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Request;
import io.imaas.model.tenancy.Request.Trigger;
import io.imaas.model.tenancy.ServiceName;
import java.util.List;
import picocli.CommandLine.Option;

/** Some services, from one environment to the next. */
final class StretchOptions {
    @Option(names = "--service", paramLabel = "S", description = "which service; repeatable; none: all that run there")
    private List<String> services = List.of();

    @Option(names = "--from", required = true, paramLabel = "E", description = "from which environment")
    private String from;

    @Option(names = "--to", required = true, paramLabel = "E", description = "to which environment")
    private String to;

    List<ServiceName> services() {
        return services.stream().map(ServiceName::new).toList();
    }

    EnvironmentName from() {
        return new EnvironmentName(from);
    }

    EnvironmentName to() {
        return new EnvironmentName(to);
    }

    Request request(GitOpsSession session) {
        ServiceName one = services.size() == 1 ? services().get(0) : null;
        return new Request(session.tenant().name(), one, Trigger.MANUAL, to(), session.actor());
    }
}
