package io.imaas.cli;

import io.imaas.app.assembly.Assembly;
import io.imaas.model.identity.Actor;
import io.imaas.model.request.ChartRequest;
import io.imaas.model.request.PlanRequest;
import io.imaas.model.request.PromoteRequest;
import io.imaas.model.source.TreeHash;
import io.imaas.model.tenancy.ServiceName;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code imaas promote}: brings releases to the next environment if every gate is open. */
@Command(
        name = "promote",
        description = {
            "Bring releases to the next environment: the same digest, through every gate, as one commit.",
            "--chart brings environments the chart that platform.yaml names for them, for all services at once."
        })
public final class PromoteCommand extends PlanCommand {
    @Mixin
    private final PathOption onward = new PathOption();

    @Mixin
    private final PathArguments path = new PathArguments();

    @Option(
            names = "--tree",
            paramLabel = "HASH",
            description =
                    "Git tree of the service's sources, as after a merge of its own branches: promotes the release that "
                            + " was "
                            + "built from exactly these sources; needs one service")
    private String tree;

    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "why, for the audit log")
    private String reason;

    @Option(names = "--assume-healthy", description = "vouch for health that nobody observed; recorded in the commit")
    private boolean assumeHealthy;

    @Option(
            names = "--override",
            paramLabel = "REASON",
            defaultValue = "",
            description =
                    "open closed gates by force; only for the platform's overriders, with a proven name (--ssh-key); kept "
                            + " as a "
                            + "signed record, which a second person confirms: imaas approve --confirm-override")
    private String override;

    @Mixin
    private final SignatureOption signature = new SignatureOption();

    @Option(
            names = "--chart",
            description = "promote the chart: names of environments may follow (none: all that have another chart than "
                    + "platform.yaml names), each after the rollouts of the one before it")
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
}
