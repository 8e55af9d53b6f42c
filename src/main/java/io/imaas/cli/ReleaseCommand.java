package io.imaas.cli;

import io.imaas.model.image.ImageRef;
import io.imaas.model.rollout.Release;
import io.imaas.model.source.CommitId;
import io.imaas.plan.Plan;
import io.imaas.plan.delivery.ReleasePlanner;
import io.imaas.step.observe.ReleaseObserver;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code imaas release}: commits an image's digest to an environment. */
@Command(
        name = "release",
        mixinStandardHelpOptions = true,
        description = "Commit an image's digest to an environment's branch; every other byte stays as it is.")
public final class ReleaseCommand extends GitOpsCommand {
    @Mixin
    private final PlaceOptions place = new PlaceOptions();

    @Mixin
    private final CheckOptions checks = new CheckOptions();

    @Option(names = "--image", required = true, paramLabel = "REPO@sha256:…", description = "the image, by digest")
    private String image;

    @Option(names = "--version", paramLabel = "V", defaultValue = "", description = "the version, for people")
    private String version;

    @Option(names = "--source", paramLabel = "COMMIT", description = "the source commit it was built from")
    private String source;

    @Option(names = "--build", paramLabel = "TEXT", defaultValue = "", description = "which build, for the audit log")
    private String build;

    @Override
    Plan plan(GitOpsSession session) {
        CommitId commit = source == null ? null : new CommitId(source);
        Release release = new Release(place.service(), version, commit, null, ImageRef.parse(image));
        ReleaseObserver observer = new ReleaseObserver(
                session.observer(), session.repository(), session.values(), checks.observer(session));
        return new ReleasePlanner(session.platform(), session.tenant())
                .plan(
                        place.request(session),
                        release,
                        observer.observe(session.tenant(), place.environment(), release),
                        build);
    }
}
