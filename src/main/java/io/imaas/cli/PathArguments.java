package io.imaas.cli;

import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code [SERVICE...] FROM TO}: some services, or all, from one environment to another. */
final class PathArguments {
    @Parameters(
            arity = "0..*",
            paramLabel = "[SERVICE...] FROM TO",
            description = "the services (none: all that run in FROM), and the environments")
    private List<String> arguments = List.of();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    List<ServiceName> services() {
        return checked().subList(0, arguments.size() - 2).stream()
                .map(ServiceName::new)
                .toList();
    }

    EnvironmentName from() {
        return new EnvironmentName(checked().get(arguments.size() - 2));
    }

    EnvironmentName to() {
        return new EnvironmentName(checked().get(arguments.size() - 1));
    }

    /** All of them, where no services are named. */
    List<EnvironmentName> environments() {
        return arguments.stream().map(EnvironmentName::new).toList();
    }

    private List<String> checked() {
        if (arguments.size() < 2) {
            throw new ParameterException(spec.commandLine(), "name the environments: [SERVICE...] FROM TO");
        }
        return arguments;
    }
}
