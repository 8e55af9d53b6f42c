package io.imaas.cli;

import io.imaas.model.request.PlanRequest;
import io.imaas.model.request.PlanRequest.RolloutRequest;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.ServiceName;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code imaas rollout}: waits until a release is live and healthy, or says why it is not. */
@Command(
        name = "rollout",
        description = "Wait until a release is live and healthy, and record its health.",
        footer = {
            "",
            "Exit codes: 0 live, or superseded by a commit that is live; 1 degraded or failed; 5 refused by a sync window",
            "or a missing right; 6 timed out, or the server was lost."
        })
public final class RolloutCommand extends PlanCommand {
    @Mixin
    private final ServiceArguments place = new ServiceArguments();

    @Option(
            names = "--commit",
            paramLabel = "COMMIT",
            description = "the GitOps commit to wait for (default: the one that brought the current release)")
    private String commit;

    @Option(
            names = "--image",
            paramLabel = "IMAGE",
            description = "the image that must be live, by REPO@sha256:… or REPO:TAG (default: as the environment's "
                    + "branch says)")
    private String image;

    @Override
    String image() {
        return image;
    }

    @Override
    List<ServiceName> named() {
        return place.named();
    }

    @Override
    PlanRequest request(Session session) {
        return new RolloutRequest(
                place.service(session),
                place.environment(),
                commit == null ? null : new CommitId(commit),
                namedImage(session));
    }
}
