package io.imaas.cli;

import io.imaas.cli.settings.Settings;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code [SERVICE] ENV}: one service in one environment. */
final class ServiceArguments {
    @Parameters(
            arity = "1..2",
            paramLabel = "[SERVICE] ENV",
            description = "the service (none: the service of this checkout), and the environment")
    private List<String> arguments;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** A service that may be left out. */
    static Optional<ServiceName> optional(String service) {
        return Optional.ofNullable(service).map(ServiceName::new);
    }

    /** The service as far as it is known before anything is read. */
    List<ServiceName> named() {
        return written().stream().toList();
    }

    private Optional<ServiceName> written() {
        return optional(arguments.size() == 2 ? arguments.get(0) : null)
                .or(() -> Settings.of(spec).service().map(ServiceName::new));
    }

    ServiceName service(Session session) {
        return written().orElseGet(session::serviceOfCheckout);
    }

    EnvironmentName environment() {
        return new EnvironmentName(arguments.get(arguments.size() - 1));
    }
}
