package io.imaas.cli;

import io.imaas.model.request.ApproveRequest;
import io.imaas.model.request.PlanRequest;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code imaas approve}: a yes to exactly what a promotion would bring now. */
@Command(
        name = "approve",
        description = "Say yes to exactly what a promotion would bring now; any later change of it needs another yes.")
public final class ApproveCommand extends PlanCommand {
    @Parameters(
            arity = "1..*",
            paramLabel = "SERVICE... ENV",
            description = "which services, and the environment that they are to come to; without a service: all")
    private List<String> arguments;

    @Option(
            names = "--as",
            paramLabel = "@ORG/TEAM",
            defaultValue = "",
            description = "the approver that you count as (default: yourself, or the first of your --role that is one)")
    private String approver;

    @Override
    List<ServiceName> named() {
        return arguments.subList(0, arguments.size() - 1).stream()
                .map(ServiceName::new)
                .toList();
    }

    @Override
    PlanRequest request(Session session) {
        return new ApproveRequest(named(), null, new EnvironmentName(arguments.get(arguments.size() - 1)), approver);
    }
}
