package io.imaas.cli;

import io.imaas.model.request.PlanRequest;
import io.imaas.model.request.PlanRequest.RemovePreviewsRequest;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.report.Json;
import io.imaas.report.StandingPreview;
import io.imaas.report.StandingPreview.State;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code imaas preview}: pull requests that run on trial. */
@Command(
        name = "preview",
        description = {
            "Pull requests that run on trial beside a tenant's environments. They come with the build of a pull request:",
            "'imaas deliver --as-pull-request NUMBER' does by hand what a pipeline does."
        },
        subcommands = {PreviewCommand.ListCommand.class, PreviewCommand.RemoveCommand.class})
public final class PreviewCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what: list or remove");
    }

    /** {@code imaas preview list}: what stands, and how long. */
    @Command(name = "list", description = "The tenant's previews, until when they stay, and which of them are over.")
    public static final class ListCommand extends CliCommand {
        @Mixin
        private final GitOpsOptions gitops = new GitOpsOptions();

        @Mixin
        private final FormatOption format = new FormatOption();

        @Override
        protected int run() {
            try (Session session = Session.reading(gitops, assembly -> {})) {
                List<StandingPreview> all =
                        session.imaas().overview(session.tenant()).previews();
                out().print(format.json() ? Json.pretty(all) + "\n" : StandingPreview.text(all));
                return 0;
            }
        }
    }

    /** {@code imaas preview remove}: by name, or all that are over. */
    @Command(
            name = "remove",
            description = {
                "Remove previews: what they run, and their values and manifests in Git.",
                "With --over: all whose pull request is merged or closed, or whose time is over, whatever else got lost."
            })
    public static final class RemoveCommand extends PlanCommand {
        @Parameters(arity = "0..*", paramLabel = "PREVIEW", description = "such as order-api-pr-7")
        private List<String> previews = List.of();

        @Option(names = "--over", description = "all that are over; where a Git server does not answer, nothing goes")
        private boolean over;

        @Override
        PlanRequest request(Session session) {
            if (over != previews.isEmpty()) {
                throw wrong("name the previews, or give --over");
            }
            if (!over) {
                return new RemovePreviewsRequest(
                        previews.stream().map(this::preview).toList());
            }
            List<StandingPreview> all =
                    session.imaas().overview(session.tenant()).previews();
            all.stream().filter(one -> one.state() == State.UNKNOWN).forEach(one -> err().println(
                            one.name() + " stays: " + one.why()));
            return StandingPreview.removal(all);
        }

        private ServiceName preview(String name) {
            if (!name.matches("[a-z][-a-z0-9]*-pr-[1-9][0-9]*")) {
                throw wrong("'" + name + "' is not a preview's name, such as order-api-pr-7: imaas preview list");
            }
            return new ServiceName(name);
        }
    }
}
