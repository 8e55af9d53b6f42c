package io.imaas.app;

import io.imaas.catalog.ServiceFile;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.rollout.RunNotice;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.ServiceSettings.Notification;
import io.imaas.model.tenancy.ServiceSettings.When;
import io.imaas.model.tenancy.Tenant;
import io.imaas.port.GitRepository;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Who wants to be told of a run: whom the services' own {@code imaas.yaml} names, as their branches have it now. */
public record Audience(Function<RepositoryUrl, GitRepository> sources) {
    /**
     * @param recipients each once, however many services name it
     * @param failures of files that could not be read: whom they name is not told
     */
    public record Found(List<Notification> recipients, List<Failure> failures) {
        public Found {
            recipients = List.copyOf(recipients);
            failures = List.copyOf(failures);
        }
    }

    /** Whom a notice concerns: of its services, or of all the tenant's where it names none. */
    public Found of(Tenant tenant, RunNotice notice) {
        Set<Notification> recipients = new LinkedHashSet<>();
        List<Failure> failures = new ArrayList<>();
        for (Service service : services(tenant, notice)) {
            try {
                among(settings(service, notice.environment()), notice.occasion())
                        .forEach(recipients::add);
            } catch (FailureException e) {
                failures.add(e.failure());
            }
        }
        return new Found(List.copyOf(recipients), failures);
    }

    /** Those of some that want to be told of this; whoever wants every success wants the one after a failure, too. */
    public static Stream<Notification> among(List<Notification> all, When occasion) {
        return all.stream()
                .filter(one -> one.when().contains(occasion)
                        || (occasion == When.RECOVERY && one.when().contains(When.SUCCESS)))
                // The same recipient with other wishes is one recipient.
                .map(one -> new Notification(one.channel(), one.to(), Set.of(occasion)));
    }

    private static List<Service> services(Tenant tenant, RunNotice notice) {
        Set<String> named = new LinkedHashSet<>();
        notice.parts().forEach(part -> named.add(part.service()));
        return tenant.services().stream()
                .filter(service ->
                        named.isEmpty() || named.contains(service.name().value()))
                .toList();
    }

    private List<Notification> settings(Service service, EnvironmentName environment) {
        GitRepository repository = sources.apply(service.repository());
        Optional<CommitId> commit = branches(service, environment)
                .map(repository::head)
                .flatMap(Optional::stream)
                .findFirst();
        Optional<byte[]> file = commit.flatMap(at -> repository.read(at, ServiceFile.NAME));
        return file.isEmpty()
                ? List.of()
                : ServiceFile.read(
                                service.name() + "/" + ServiceFile.NAME, new String(file.get(), StandardCharsets.UTF_8))
                        .orThrow()
                        .notifications();
    }

    /** The branch of the environment itself, else where its sources come from. */
    private static Stream<BranchName> branches(Service service, EnvironmentName environment) {
        return Stream.of(
                        Stream.ofNullable(environment).map(EnvironmentName::value),
                        Stream.of("main", "master"),
                        service.environments().stream().map(EnvironmentName::value))
                .flatMap(names -> names)
                .distinct()
                .map(BranchName::new);
    }
}
