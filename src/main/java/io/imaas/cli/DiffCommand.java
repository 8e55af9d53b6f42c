package io.imaas.cli;

import io.imaas.model.failure.FailureException;
import io.imaas.model.request.DiffRequest;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.report.DiffHtml;
import io.imaas.report.Json;
import io.imaas.report.ReleaseDiff;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code imaas diff}: what lies between two environments of a service. */
@Command(
        name = "diff",
        description = "Show the differences between two environments: release, common values, image labels, source "
                + "commits.")
public final class DiffCommand extends CliCommand {
    @Mixin
    private final GitOpsOptions gitops = new GitOpsOptions();

    @Mixin
    private final FormatOption format = new FormatOption();

    @Mixin
    private final ReportOption report = new ReportOption();

    @Parameters(
            arity = "0..3",
            paramLabel = "[SERVICE] [ENV | NEWER OLDER]",
            description = "the service (none: the service of this checkout); one environment, to compare with the one "
                    + "before it; or two, such as test prod (none: each with the one before it)")
    private List<String> arguments = List.of();

    @Option(
            names = "--source",
            paramLabel = "URL",
            description = "the service's own repository, for the commits in between (default: the one in the "
                    + "platform's files)")
    private String source;

    @Option(
            names = "--labels",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "ask the registry for the images' labels (default: yes)")
    private boolean labels;

    @Override
    protected int run() {
        Optional<ServiceName> named = named();
        try (Session session = Session.reading(
                gitops, assembly -> assembly.registry(), named.stream().toArray(ServiceName[]::new))) {
            ServiceName service =
                    serviceAndEnvironment(session.tenant()).or(() -> named).orElseGet(session::serviceOfCheckout);
            List<ReleaseDiff> all = pairs(session.tenant(), service).stream()
                    .map(pair -> session.imaas().overview(session.tenant()).diff(pair))
                    .toList();
            if (report.wanted()) {
                all.forEach(diff -> report.write(
                        service + ": " + diff.to() + " to " + diff.from(),
                        diff.heading(),
                        DiffHtml.fragment(diff.parts())));
            }
            if (format.json()) {
                List<?> told = all.stream().map(ReleaseDiff::told).toList();
                out().println(Json.pretty(told.size() == 1 ? told.get(0) : told));
            } else {
                all.forEach(diff -> out().print(diff.text()));
            }
            return 0;
        }
    }

    private Optional<ServiceName> named() {
        return arguments.size() % 2 == 1
                ? Optional.of(new ServiceName(arguments.get(0)))
                : gitops.settings().service().map(ServiceName::new);
    }

    /** Of {@code SERVICE ENV}: where the first word is a service and no environment. */
    private Optional<ServiceName> serviceAndEnvironment(Tenant tenant) {
        return arguments.size() != 2
                ? Optional.empty()
                : tenant.services().stream()
                        .map(Service::name)
                        .filter(name -> name.value().equals(arguments.get(0))
                                && tenant.environments().stream()
                                        .noneMatch(one -> one.name().value().equals(name.value())))
                        .findFirst();
    }

    /** What is asked for, the last environment first: what stands in production is what counts. */
    private List<DiffRequest> pairs(Tenant tenant, ServiceName service) {
        if (serviceAndEnvironment(tenant).isPresent()) {
            return List.of(withTheOneBefore(tenant, service, new EnvironmentName(arguments.get(1))));
        }
        int at = arguments.size() % 2;
        if (arguments.size() > at) {
            return List.of(request(
                    service, new EnvironmentName(arguments.get(at)), new EnvironmentName(arguments.get(at + 1))));
        }
        List<EnvironmentName> path = path(tenant, service);
        if (report.wanted()) {
            throw wrong("--report holds one difference: name the environments");
        }
        return IntStream.range(1, path.size())
                .mapToObj(i -> request(service, path.get(path.size() - 1 - i), path.get(path.size() - i)))
                .toList();
    }

    private DiffRequest withTheOneBefore(Tenant tenant, ServiceName service, EnvironmentName environment) {
        List<EnvironmentName> path = path(tenant, service);
        int at = path.indexOf(environment);
        if (at < 0) {
            throw FailureException.unknown(
                    service + " has no environment '" + environment + "'",
                    "",
                    environment.value(),
                    path.stream().map(EnvironmentName::value).toList());
        }
        if (at == 0) {
            throw FailureException.input(
                    environment + " is the first environment: there is none before it to compare with",
                    "imaas history " + service + " " + environment);
        }
        return request(service, path.get(at - 1), environment);
    }

    private static List<EnvironmentName> path(Tenant tenant, ServiceName service) {
        return tenant.service(service).map(Service::environments).orElseGet(() -> tenant.environments().stream()
                .map(Environment::name)
                .toList());
    }

    private DiffRequest request(ServiceName service, EnvironmentName newer, EnvironmentName older) {
        if (newer.equals(older)) {
            throw FailureException.input(
                    "a difference lies between two environments, and both are " + newer,
                    "imaas diff " + service + " " + newer + ", which compares with the one before");
        }
        return new DiffRequest(service, newer, older, source == null ? null : RepositoryOption.url(source), labels);
    }
}
