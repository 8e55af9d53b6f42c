package io.imaas.cli;

import io.imaas.model.request.PlanRequest;
import io.imaas.model.request.RemovePreviewsRequest;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.report.StandingPreview;
import io.imaas.report.StandingPreview.State;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code imaas preview remove}: by name, or all that are over. */
@Command(
        name = "remove",
        description = {
            "Remove previews: what they run, and their values and manifests in Git.",
            "With --over: all whose pull request is merged or closed, or whose time is over, whatever else got lost."
        })
public final class PreviewRemoveCommand extends PlanCommand {
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
                    previews.stream().map(ServiceName::new).toList());
        }
        List<StandingPreview> all = session.imaas().previews(session.tenant());
        all.stream().filter(one -> one.state() == State.UNKNOWN).forEach(one -> err().println(
                        one.name() + " stays: " + one.why()));
        return StandingPreview.removal(all);
    }
}
