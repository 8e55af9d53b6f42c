package io.imaas.app;

import io.imaas.catalog.CatalogReader;
import io.imaas.catalog.KnownFiles;
import io.imaas.catalog.Read;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.BrokenTenant;
import io.imaas.model.tenancy.Catalog;
import io.imaas.port.Commit;
import io.imaas.port.GitRepository;
import io.imaas.port.TextFiles;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A platform for whoever goes on serving it while tenants' files are broken: such a tenant is there as its files said in the
 * newest commit in which they were right, beside the others as they are now. Git tells that: two servers, or one before and
 * after a restart, have the same. A tenant is left out where no commit that is looked at has it right, or where it had what
 * another one claims by now.
 */
public final class LastGood {
    /** How many changes of each broken tenant's files are looked at. */
    private static final int LOOK_BACK = 20;

    /** How many commits are read for all of them: a rule of the platform may break thousands at once. */
    private static final int COMMITS = 200;

    private final GitRepository repository;
    private final BranchName branch;
    private final TextFiles now;
    private final Set<String> broken;
    private final KnownFiles earlier = new KnownFiles();
    private final Map<CommitId, Map<String, Map<String, String>>> right = new HashMap<>();

    private LastGood(GitRepository repository, BranchName branch, TextFiles now, Set<String> broken) {
        this.repository = repository;
        this.branch = branch;
        this.now = now;
        this.broken = broken;
    }

    /**
     * What is served.
     *
     * @param read what the files say now
     * @param now the files
     * @param branch whose history tells what they said before
     * @param known what was read of them
     * @throws io.imaas.model.failure.FailureException INPUT with every problem when an error is in a file of all tenants,
     *     EXTERNAL when the history can't be read
     */
    public static Catalog of(
            Read<Catalog> read, TextFiles now, GitRepository repository, BranchName branch, KnownFiles known) {
        Catalog rest = read.orRest();
        Set<String> broken = names(rest);
        return broken.isEmpty() ? rest : new LastGood(repository, branch, now, broken).keeping(rest, known);
    }

    private Catalog keeping(Catalog rest, KnownFiles known) {
        Map<String, Map<String, String>> kept = find();
        Optional<Catalog> whole = all(kept, known);
        // A tenant is left out if another one now has what it had.
        boolean refused = whole.isPresent() && kept.keySet().removeAll(names(whole.get()));
        return (refused ? all(kept, known) : whole)
                .map(found -> {
                    List<BrokenTenant> told = new ArrayList<>(found.broken());
                    rest.broken().forEach(one -> told.add(kept.containsKey(one.name()) ? one.asKept() : one));
                    return found.with(told);
                })
                .orElse(rest);
    }

    /** Broken tenants to their files when these were right. Each one's newest changes first: nobody's history hides another's. */
    private Map<String, Map<String, String>> find() {
        Map<String, List<CommitId>> commits = commits();
        Map<String, Map<String, String>> found = new TreeMap<>();
        for (int i = 0; i < 2 * LOOK_BACK; i++) {
            for (Map.Entry<String, List<CommitId>> tenant : commits.entrySet()) {
                if (i < tenant.getValue().size() && !found.containsKey(tenant.getKey())) {
                    Optional.ofNullable(right(tenant.getValue().get(i)).get(tenant.getKey()))
                            .ifPresent(files -> found.put(tenant.getKey(), files));
                }
            }
        }
        return found;
    }

    /** The changes of each broken tenant's files, newest first, each followed by the commit before it. */
    private Map<String, List<CommitId>> commits() {
        Map<String, List<Commit>> histories = repository.histories(branch, Set.copyOf(paths()), LOOK_BACK);
        Map<String, List<CommitId>> commits = new TreeMap<>();
        broken.forEach(name -> commits.put(
                name,
                paths(name)
                        .map(path -> histories.getOrDefault(path, List.of()))
                        .reduce(List.of(), this::merged)
                        .stream()
                        .limit(LOOK_BACK)
                        .flatMap(change -> Stream.concat(
                                Stream.of(change.id()),
                                change.parents().stream().limit(1)))
                        .toList()));
        return commits;
    }

    /** Both newest first. A commit's time is what its maker wrote: which came first, only the commits themselves tell. */
    private List<Commit> merged(List<Commit> one, List<Commit> other) {
        Set<Commit> all = new LinkedHashSet<>();
        Deque<Commit> rest = new ArrayDeque<>(other);
        for (Commit next : one) {
            while (!rest.isEmpty() && repository.contains(rest.peek().id(), next.id())) {
                all.add(rest.poll());
            }
            all.add(next);
        }
        all.addAll(rest);
        return List.copyOf(all);
    }

    private List<String> paths() {
        return broken.stream().flatMap(LastGood::paths).toList();
    }

    private static Stream<String> paths(String tenant) {
        return Stream.of("tenants/" + tenant + ".yaml", "adopt/" + tenant);
    }

    /**
     * Which of the broken tenants a commit has right, beside each other and under the platform's rules of now, with their files
     * there. They are read together: of two that claim the same thing now, the one is right that had it before.
     */
    private Map<String, Map<String, String>> right(CommitId commit) {
        if (right.size() == COMMITS && !right.containsKey(commit)) {
            return Map.of();
        }
        return right.computeIfAbsent(commit, fresh -> {
            TextFiles then = repository.readText(commit, paths());
            Map<String, String> files = new TreeMap<>(now.texts());
            files.keySet().removeIf(path -> CatalogReader.tenantOf(path).isPresent());
            files.putAll(then.texts());
            Set<String> others = now.paths().stream()
                    .flatMap(path -> CatalogReader.tenantOf(path).stream())
                    .filter(name -> !broken.contains(name))
                    .collect(Collectors.toSet());
            Map<String, Map<String, String>> found = new HashMap<>();
            rest(CatalogReader.read(files, then.unreadable(), others, earlier))
                    .ifPresent(catalog -> catalog.tenants().forEach(tenant -> {
                        String name = tenant.name().value();
                        Map<String, String> own = new TreeMap<>(then.texts());
                        own.keySet().removeIf(path -> !CatalogReader.isOf(Set.of(name), path));
                        found.put(name, own);
                    }));
            return found;
        });
    }

    private Optional<Catalog> all(Map<String, Map<String, String>> kept, KnownFiles known) {
        Map<String, String> files = new TreeMap<>(now.texts());
        files.keySet().removeIf(path -> CatalogReader.isOf(broken, path));
        kept.values().forEach(files::putAll);
        Set<String> closed = new HashSet<>(broken);
        closed.removeAll(kept.keySet());
        return rest(CatalogReader.read(files, Map.of(), closed, known));
    }

    private static Optional<Catalog> rest(Read<Catalog> read) {
        return read instanceof Read.Bad<Catalog> bad ? bad.rest() : read.found();
    }

    private static Set<String> names(Catalog catalog) {
        return catalog.broken().stream().map(BrokenTenant::name).collect(Collectors.toSet());
    }
}
