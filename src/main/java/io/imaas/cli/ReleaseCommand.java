package io.imaas.cli;

import io.imaas.model.CommitId;
import io.imaas.model.EnvironmentName;
import io.imaas.model.ImageRef;
import io.imaas.model.Release;
import io.imaas.model.Request;
import io.imaas.model.Request.Trigger;
import io.imaas.model.ServiceName;
import io.imaas.plan.Plan;
import io.imaas.plan.promotion.ReleasePlanner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code imaas release}: commits an image's digest to an environment. */
@Command(
        name = "release",
        mixinStandardHelpOptions = true,
        description = "Commit an image's digest to an environment's branch; every other byte stays as it is.")
public final class ReleaseCommand implements Callable<Integer> {
    @Mixin
    private final GitOpsOptions gitops = new GitOpsOptions();

    @Mixin
    private final FormatOption format = new FormatOption();

    @Option(names = "--service", required = true, paramLabel = "S", description = "which service")
    private String service;

    @Option(names = "--env", required = true, paramLabel = "E", description = "to which environment")
    private String environment;

    @Option(names = "--image", required = true, paramLabel = "REPO@sha256:…", description = "the image, by digest")
    private String image;

    @Option(names = "--version", paramLabel = "V", defaultValue = "", description = "the version, for people")
    private String version;

    @Option(names = "--source", paramLabel = "COMMIT", description = "the source commit it was built from")
    private String source;

    @Option(names = "--build", paramLabel = "TEXT", defaultValue = "", description = "which build, for the audit log")
    private String build;

    @Option(names = "--dry-run", description = "show the plan, change nothing")
    private boolean dryRun;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ServiceName name = new ServiceName(service);
        EnvironmentName target = new EnvironmentName(environment);
        Release release =
                new Release(name, version, source == null ? null : new CommitId(source), null, ImageRef.parse(image));
        try (GitOpsSession session = new GitOpsSession(gitops)) {
            Request request = new Request(session.tenant().name(), name, Trigger.MANUAL, target, session.actor());
            Plan plan = new ReleasePlanner(session.tenant()).plan(request, release, session.state(), build);
            return session.finish(
                    plan,
                    dryRun,
                    format,
                    spec.commandLine().getOut(),
                    spec.commandLine().getErr());
        }
    }
}
