package io.imaas.cli;

import io.imaas.app.Ports;
import io.imaas.app.adopt.Adopt;
import io.imaas.app.adopt.AdoptRequest;
import io.imaas.app.adopt.Adoption;
import io.imaas.app.adopt.AdoptionPullRequest;
import io.imaas.app.assembly.Assembly;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.tenancy.Delivery;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import io.imaas.report.AdoptionText;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code imaas adopt}: proposes what brings existing applications under management. */
@Command(
        name = "adopt",
        description = {
            "Propose tenant files that bring existing workloads under management, without a redeploy: "
                    + "the applications of Argo CD, or the workloads of the cluster if --argocd is not given.",
            "The manifests that onboarding would render are compared with what runs. Each field that "
                    + "differs is listed, and such a service is refused.",
            "Writes nothing except with --output and --open-pull-request. Exit code: 5 if something was refused."
        })
public final class AdoptCommand extends CliCommand {
    @Parameters(
            arity = "0..*",
            paramLabel = "TENANT",
            description = "the tenants, whose namespaces are named TENANT-ENVIRONMENT (none: all)")
    private List<String> tenants = List.of();

    @Mixin
    private final PlatformOptions platform = new PlatformOptions();

    @Mixin
    private final ActorOptions actor = new ActorOptions();

    @Mixin
    private final TargetOptions target = new TargetOptions();

    @Option(
            names = "--environments",
            paramLabel = "ENV",
            split = ",",
            defaultValue = "dev,test,prod",
            description = "the environments, which are the ends of the namespaces' names, in the order of the "
                    + "promotion path (default: ${DEFAULT-VALUE})")
    private List<String> environments = List.of();

    @Option(
            names = "--owner",
            paramLabel = "@ORG/TEAM",
            split = ",",
            required = true,
            description = "who owns the tenants; repeatable")
    private List<String> owners = List.of();

    @Option(
            names = "--contact",
            paramLabel = "ADDRESS",
            required = true,
            description = "a mail address or a link to reach the owners")
    private String contact;

    @Option(
            names = "--gitops",
            paramLabel = "REPOSITORY",
            required = true,
            description = "each tenant's new GitOps repository, with {tenant} in it")
    private String gitops;

    @Option(
            names = "--sources",
            paramLabel = "URL",
            defaultValue = "",
            description = "the repository of a service's sources, with {tenant} and {service}, for images without a "
                    + "label that names it")
    private String sources = "";

    @Option(
            names = "--service",
            paramLabel = "APP=NAME",
            description = "the name of an application's service (default: the application's name without tenant and "
                    + "environment)")
    private Map<String, String> services = new LinkedHashMap<>();

    @Option(
            names = "--jenkins-home",
            paramLabel = "DIR",
            description =
                    "the home folder of a Jenkins, or a copy of its jobs/**/config.xml: its jobs say where sources "
                            + "are, and what becomes of each job is listed")
    private Path jenkinsHome;

    @Option(
            names = "--jenkins",
            paramLabel = "URL",
            description =
                    "read the jobs of this Jenkins, as --jenkins-home does; the login is $IMAAS_JENKINS_LOGIN, user:token")
    private URI jenkins;

    @Option(names = "--allow-changes", description = "also propose services that would change, and list the changes")
    private boolean changes;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "write the proposed files there, such as a clone of the platform repository")
    private Path output;

    @Option(
            names = "--open-pull-request",
            description = "push the proposed files to a branch of the platform repository and open a pull request")
    private boolean pullRequest;

    @Mixin
    private final CommitOptions commits = new CommitOptions();

    @Override
    protected int run() {
        // Without Argo CD the cluster itself says what runs: a folder that stands for one holds nothing but our own
        // objects.
        if (!platform.given() || !(target.hasArgoCd() ? target.hasCluster() : target.hasContext())) {
            throw wrong("adopting needs --platform and --kubernetes, and --argocd where Argo CD deploys");
        }
        if (jenkinsHome != null && jenkins != null) {
            throw wrong("give --jenkins or --jenkins-home, not both");
        }
        try (Assembly assembly = platform.assembly(settings()).previewing()) {
            platform.addTo(assembly, commits);
            assembly.registry().charts();
            if (jenkinsHome != null) {
                assembly.jenkinsHome(jenkinsHome);
            }
            if (jenkins != null) {
                assembly.jenkins(jenkins);
            }
            target.addTo(assembly, err()::println);
            Ports ports = assembly.ports().build();
            Adoption adoption = Adopt.propose(
                    ports, PlatformSource.texts(platform.platform(), ports::git), request(), actor.actor());
            return tell(adoption);
        }
    }

    private AdoptRequest request() {
        return new AdoptRequest(
                tenants.stream().map(TenantName::new).collect(Collectors.toSet()),
                environments.stream().map(EnvironmentName::new).toList(),
                owners,
                contact,
                gitops,
                sources,
                services.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, named -> new ServiceName(named.getValue()))),
                target.hasArgoCd() ? Delivery.RENDERED : Delivery.DIRECT,
                changes);
    }

    private int tell(Adoption adoption) {
        adoption.proposed().forEach(one -> out().print(AdoptionText.plain(
                one.adopted().application(), AdoptionPullRequest.sentence(one), one.changes())));
        adoption.refused().forEach(one -> out().print(AdoptionText.plain(
                one.application(), "stays as it is: " + one.why() + " (" + one.fix() + ")", one.changes())));
        adoption.jobs()
                .forEach(job -> out().print(AdoptionText.plain("Jenkins job " + job.name(), job.what(), List.of())));
        adoption.problems().forEach(problem -> out().println(problem.sentence()));
        if (adoption.sound() && !adoption.files().isEmpty()) {
            write(adoption);
        }
        out().println(adoption.proposed().size() + " to adopt, "
                + adoption.refused().size() + " refused");
        return adoption.sound()
                ? adoption.refused().isEmpty() ? 0 : FailureKind.POLICY.exitCode()
                : FailureKind.INPUT.exitCode();
    }

    private void write(Adoption adoption) {
        if (output != null) {
            new TreeMap<>(adoption.files())
                    .forEach((path, text) -> out().println("wrote " + TextFile.write(output.resolve(path), text)));
            out().println("next:\n  imaas validate " + Pasted.of(output));
        }
        if (pullRequest) {
            // The preview above writes nowhere; this branch is the one thing that is written.
            try (Assembly assembly = platform.assembly(settings())) {
                platform.addTo(assembly, commits);
                out().println(AdoptionPullRequest.open(
                        assembly.ports().build(), RepositoryOption.url(platform.platform()), adoption));
            }
        }
        if (output != null || pullRequest) {
            out().println("once this is merged:\n  imaas onboard --dry-run\n  imaas onboard\n"
                    + "and so that gates know what is healthy:");
            adoption.proposed().stream()
                    .map(one ->
                            "  imaas rollout " + one.service() + " " + one.environment() + " --tenant " + one.tenant())
                    .forEach(out()::println);
        }
    }
}
