package io.imaas.cli;

import io.imaas.adapter.git.Checkout;
import io.imaas.app.assembly.Assembly;
import io.imaas.model.failure.FailureException;
import io.imaas.model.request.BuildOptions;
import io.imaas.model.request.PlanRequest;
import io.imaas.model.request.PlanRequest.DeliverRequest;
import io.imaas.model.request.SourceChange;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.SourceHead;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.port.Workspaces;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code imaas deliver}: what a push of this checkout does in Jenkins. */
@Command(
        name = "deliver",
        description = {
            "Do for the commit that is checked out what a push does in Jenkins: build, check, test, " + "image,",
            "release and rollout. On the branch of a later environment: promote. The commit must be " + "pushed."
        })
public final class DeliverCommand extends PlanCommand {
    private static final Duration BUILD = Duration.ofMinutes(30);

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "checkout of the service's repository (default: .)")
    private Path folder;

    @Option(names = "--service", paramLabel = "SERVICE", description = "only this service of the repository")
    private String service;

    @Option(
            names = "--branch",
            paramLabel = "BRANCH",
            defaultValue = "",
            description = "deliver as if on this branch (default: the one that is checked out)")
    private String branch;

    @Option(
            names = "--as-pull-request",
            paramLabel = "NUMBER",
            description =
                    "as the pull request of that number into --branch: checked, and run as a preview where the tenant has"
                            + " them")
    private Integer pullRequest;

    @Option(
            names = "--builder",
            paramLabel = "auto|native|maven",
            defaultValue = "",
            description = "how the CAR is built (default: as imaas.yaml says)")
    private String builder;

    @Option(
            names = "--test-server",
            paramLabel = "HOST:PORT",
            description = "a running MI unit-test server; repeatable (default: as imaas.yaml says)")
    private List<InetSocketAddress> testServers = List.of();

    @Option(
            names = "--build",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "the build that this comes from, for the audit log")
    private String build;

    @Mixin
    private final PathOption onward = new PathOption();

    @Mixin
    private final MavenOptions maven = new MavenOptions();

    @Override
    void add(Assembly assembly) {
        Path sources = folder.toAbsolutePath().normalize();
        Path output = sources.resolve("target/imaas");
        assembly.registry()
                .runtime(BUILD)
                .with(
                        Workspaces.class,
                        any -> new Workspaces.Workspace(sources, output, maven.localRepository(), maven.offline()))
                .ports()
                .testServers(testServers);
    }

    @Override
    PlanRequest request(Session session) {
        Checkout checkout = Checkout.at(folder);
        BranchName at = branch.isEmpty()
                ? checkout.branch()
                        .orElseThrow(() -> FailureException.input(
                                "no branch is checked out",
                                folder.toString(),
                                "git switch BRANCH, or add --branch NAME"))
                : new BranchName(branch);
        checkout.changed("").ifPresent(file -> {
            throw FailureException.input(
                    "the checkout has changes that are not committed",
                    folder.resolve(file).normalize().toString(),
                    "git commit --all && git push");
        });
        SourceChange change = new SourceChange(
                checkout.repository(),
                checkout.commit(),
                pullRequest == null ? new SourceHead.Branch(at) : new SourceHead.PullRequest(pullRequest, at, false),
                build.isEmpty() ? "command line" : build);
        return new DeliverRequest(
                change,
                new BuildOptions(
                        builder,
                        testServers,
                        target().timeout(),
                        ServiceArguments.optional(service).orElse(null)));
    }

    @Override
    String onTo() {
        return onward.to();
    }

    @Override
    List<ServiceName> named() {
        return ServiceArguments.optional(service).stream().toList();
    }
}
