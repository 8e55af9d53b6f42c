package io.imaas.cli;

import io.imaas.app.assembly.Assembly;
import io.imaas.model.identity.Actor;
import io.imaas.model.request.PlanRequest;
import io.imaas.model.request.PlanRequest.ChartRequest;
import io.imaas.model.request.PlanRequest.PromoteRequest;
import io.imaas.model.source.TreeHash;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code imaas promote}: brings releases to the next environment if every gate is open. */
@Command(
        name = "promote",
        description = {
            "Promote releases to the next environment: the same digest, through every gate, in one " + "commit.",
            "With --chart: bring the chart that platform.yaml names to its environments, for all " + "services at once."
        })
public final class PromoteCommand extends PlanCommand {
    @Mixin
    private final PathOption onward = new PathOption();

    @Mixin
    private final PathArguments path = new PathArguments();

    @Option(
            names = "--tree",
            paramLabel = "HASH",
            description = "the Git tree of the service's sources, such as after a merge of its branches: promotes the "
                    + "release that was built from exactly these sources; needs one service")
    private String tree;

    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "the reason, for the audit log")
    private String reason;

    @Option(
            names = "--assume-healthy",
            description = "take responsibility for health that was not observed; recorded in the commit")
    private boolean assumeHealthy;

    @Option(
            names = "--override",
            paramLabel = "REASON",
            defaultValue = "",
            description = "pass closed gates; only for the platform's overriders, with a proven name (--ssh-key). A "
                    + "signed record keeps it, and a second person must confirm it: imaas approve "
                    + "--confirm-override")
    private String override;

    @Mixin
    private final SignatureOption signature = new SignatureOption();

    @Option(
            names = "--chart",
            description = "promote the chart to the named environments (none: all whose chart is not the one in "
                    + "platform.yaml), each after the rollouts in the one before it")
    private boolean chart;

    @Override
    Actor actor() {
        return signature.of(super.actor());
    }

    @Override
    void add(Assembly assembly) {
        signature.add(assembly, gitops());
    }

    @Override
    String onTo() {
        return onward.to();
    }

    @Override
    List<ServiceName> named() {
        return chart ? List.of() : path.services();
    }

    @Override
    PlanRequest request(Session session) {
        if (chart) {
            if (tree != null || assumeHealthy || !onward.to().isEmpty()) {
                throw wrong("--tree, --to and --assume-healthy are about releases, not about a chart");
            }
            return new ChartRequest(path.environments(), reason, override);
        }
        return new PromoteRequest(
                path.services(),
                path.from(),
                path.to(),
                tree == null ? null : new TreeHash(tree),
                reason,
                assumeHealthy,
                override);
    }

    /** {@code [SERVICE...] FROM TO}: some services, or all, from one environment to another. */
    private static final class PathArguments {
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
}
