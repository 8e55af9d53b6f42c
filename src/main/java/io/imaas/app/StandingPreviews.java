package io.imaas.app;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.Preview;
import io.imaas.model.tenancy.Previews;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.port.Commit;
import io.imaas.port.GitRepository;
import io.imaas.port.PullRequests;
import io.imaas.report.StandingPreview;
import io.imaas.report.StandingPreview.State;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The previews of a tenant, found on their branches alone: nothing that got lost on the way here leaves one standing.
 *
 * @param world whose tenant is its own space of previews
 */
record StandingPreviews(TenantWorld world, Optional<CommitId> wanted, Optional<CommitId> rendered) {
    private static final BranchName WANTED = Previews.SPACE.branch();
    private static final BranchName RENDERED = GitOpsPaths.rendered(Previews.SPACE);

    static StandingPreviews of(TenantWorld world) {
        TenantWorld space = world.of(world.tenant().previewSpace());
        Map<BranchName, CommitId> heads = space.repository().heads(List.of(WANTED, RENDERED));
        return new StandingPreviews(
                space, Optional.ofNullable(heads.get(WANTED)), Optional.ofNullable(heads.get(RENDERED)));
    }

    /** Everything that has a folder on one of the branches, whoever made it. */
    SortedSet<ServiceName> names() {
        return Stream.concat(
                        files(wanted, GitOpsPaths.SERVICES),
                        files(rendered, "").map(path -> GitOpsPaths.SERVICES + "/" + path))
                .flatMap(path -> GitOpsPaths.serviceOf(path).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The files of some on the branch of values. */
    List<String> wantedFiles(Set<ServiceName> some) {
        return files(wanted, GitOpsPaths.SERVICES)
                .filter(path ->
                        GitOpsPaths.serviceOf(path).filter(some::contains).isPresent())
                .toList();
    }

    /** Their manifests; with the chart when none is left, so that the next one comes with the chart of its time. */
    List<String> renderedFiles(Set<ServiceName> some) {
        boolean all = some.containsAll(names());
        return files(rendered, "")
                .filter(path -> path.startsWith(".")
                        ? all
                        : GitOpsPaths.serviceOf(GitOpsPaths.SERVICES + "/" + path)
                                .filter(some::contains)
                                .isPresent())
                .toList();
    }

    private Stream<String> files(Optional<CommitId> head, String folder) {
        return head.stream().flatMap(commit -> repository().list(commit, folder).stream());
    }

    private GitRepository repository() {
        return world.repository();
    }

    /** Each with its time and its pull request, by name. */
    List<StandingPreview> all() {
        SortedSet<ServiceName> names = names();
        Map<String, Commit> changes = wanted.isEmpty()
                ? Map.of()
                : repository()
                        .lastChanges(
                                WANTED,
                                names.stream()
                                        .flatMap(StandingPreviews::changing)
                                        .collect(Collectors.toSet()));
        return names.stream()
                .map(name -> look(
                        name,
                        changing(name)
                                .flatMap(path -> Optional.ofNullable(changes.get(path)).stream())
                                .map(Commit::at)
                                .max(Comparator.naturalOrder())))
                .toList();
    }

    /** What a delivery changes: the values come first, and may be all that came. */
    private static Stream<String> changing(ServiceName name) {
        return Stream.of(GitOpsPaths.values(name), GitOpsPaths.release(name));
    }

    private StandingPreview look(ServiceName name, Optional<Instant> delivered) {
        Previews policy = world.tenant().previews();
        Instant until = delivered.map(at -> at.plus(policy.ttl())).orElse(null);
        Optional<Preview> preview = Preview.of(name);
        Optional<Service> service = preview.flatMap(of -> world.tenant().services().stream()
                .filter(known -> known.name().equals(of.service()))
                .findFirst());
        if (!policy.isOn()) {
            return over(name, delivered, until, "the tenant has no previews any more");
        }
        if (service.isEmpty()) {
            return over(name, delivered, until, "it is a preview of no service of the tenant");
        }
        if (until == null) {
            return over(name, delivered, until, "its removal was cut off");
        }
        if (!world.ports().clock().now().isBefore(until)) {
            return over(name, delivered, until, "its time is over");
        }
        return asked(
                name, delivered, until, service.get(), preview.orElseThrow().number());
    }

    private StandingPreview asked(
            ServiceName name, Optional<Instant> delivered, Instant until, Service service, int number) {
        try {
            Optional<PullRequests> server = world.ports().pullRequests(service.repository());
            if (server.isEmpty()) {
                return stands(
                        name, delivered, until, "its Git server has no pull requests: it goes when its time is over");
            }
            Optional<PullRequests.PullRequest> pull = server.get().find(number);
            if (pull.isEmpty()) {
                // Whoever may not see it is answered the same: that is no reason to remove what somebody works with.
                return stands(name, delivered, until, "its Git server knows no pull request #" + number);
            }
            String is = "pull request #" + number + " is ";
            return pull.get().open()
                    ? stands(name, delivered, until, is + "open")
                    : over(name, delivered, until, is + (pull.get().mergeCommit() == null ? "closed" : "merged"));
        } catch (FailureException e) {
            if (e.failure().kind() == FailureKind.DEFECT) {
                throw e;
            }
            return new StandingPreview(
                    name,
                    delivered.orElse(null),
                    until,
                    State.UNKNOWN,
                    e.failure().sentence());
        }
    }

    private static StandingPreview stands(ServiceName name, Optional<Instant> delivered, Instant until, String why) {
        return new StandingPreview(name, delivered.orElse(null), until, State.STANDS, why);
    }

    private static StandingPreview over(ServiceName name, Optional<Instant> delivered, Instant until, String why) {
        return new StandingPreview(name, delivered.orElse(null), until, State.OVER, why);
    }
}
