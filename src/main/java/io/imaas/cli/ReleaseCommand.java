package io.imaas.cli;

import io.imaas.model.request.PlanRequest;
import io.imaas.model.request.PlanRequest.ReleaseRequest;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.ServiceName;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code imaas release}: commits an image's digest to an environment. */
@Command(
        name = "release",
        description =
                "Release an image: commit its digest to an environment's branch. Every other byte stays the " + "same.")
public final class ReleaseCommand extends PlanCommand {
    @Mixin
    private final PathOption onward = new PathOption();

    @Mixin
    private final ServiceArguments place = new ServiceArguments();

    @Option(
            names = "--image",
            required = true,
            paramLabel = "IMAGE",
            description = "the image: REPO@sha256:…, or REPO:TAG for the digest that the tag has now")
    private String image;

    @Override
    String image() {
        return image;
    }

    @Option(
            names = "--version",
            paramLabel = "VERSION",
            defaultValue = "",
            description = "the version, for people (default: the image's label)")
    private String version;

    @Option(names = "--source-commit", paramLabel = "COMMIT", description = "the source commit it was built from")
    private String source;

    @Option(
            names = "--build",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "the build that this comes from, for the audit log")
    private String build;

    @Override
    String onTo() {
        return onward.to();
    }

    @Override
    List<ServiceName> named() {
        return place.named();
    }

    @Override
    PlanRequest request(Session session) {
        CommitId commit = source == null ? null : new CommitId(source);
        return new ReleaseRequest(
                place.service(session), place.environment(), namedImage(session), version, commit, build);
    }
}
