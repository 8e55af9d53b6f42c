package io.imaas.catalog;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.Problem;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.Catalog;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * What was read last, for whoever reads a platform repository again and again: tenants' files that did not change are not
 * parsed anew, and the commits that were read last are not read again. Safe for use by several threads.
 */
public final class KnownFiles {
    /** What a merge is compared with, and the merge. */
    private static final int COMMITS = 2;

    private final Map<String, Parsed> files = new ConcurrentHashMap<>();
    private final Deque<AtCommit> commits = new ArrayDeque<>();
    private final AtomicReference<Served> served = new AtomicReference<>();

    private record Served(CommitId commit, Catalog catalog) {}

    /**
     * @param texts path to text
     * @param unreadable path to why it could not be read
     * @param catalog what they say
     */
    public record AtCommit(
            CommitId commit, Map<String, String> texts, Map<String, Failure> unreadable, Read<Catalog> catalog) {}

    /** The commit that was read last. */
    public synchronized Optional<AtCommit> latest() {
        return Optional.ofNullable(commits.peekLast());
    }

    /** What a commit says, when it is known. */
    public synchronized Optional<AtCommit> at(CommitId commit) {
        return commits.stream().filter(known -> known.commit().equals(commit)).findAny();
    }

    public synchronized void keep(AtCommit read) {
        commits.removeIf(known -> known.commit().equals(read.commit()));
        commits.addLast(read);
        if (commits.size() > COMMITS) {
            commits.removeFirst();
        }
    }

    /**
     * What is served of a commit; not worked out again for the one that was asked for last.
     *
     * @param fresh works it out
     */
    public Catalog served(CommitId commit, Supplier<Catalog> fresh) {
        Served last = served.get();
        if (last == null || !last.commit().equals(commit)) {
            last = new Served(commit, fresh.get());
            served.set(last);
        }
        return last.catalog();
    }

    /** @param tenant empty when the text is not a tenant at all */
    record Parsed(String text, Defaults defaults, Optional<TenantDraft> tenant, List<Problem> problems) {}

    /** @param defaults of the platform: with others the same text says something else */
    Parsed tenant(String path, String text, Defaults defaults) {
        return files.compute(
                path,
                (key, known) -> known != null
                                && known.text().equals(text)
                                && known.defaults().equals(defaults)
                        ? known
                        : parsed(path, text, defaults));
    }

    private static Parsed parsed(String path, String text, Defaults defaults) {
        Findings findings = new Findings();
        Optional<TenantDraft> tenant = TenantFile.read(path, text, defaults, findings);
        return new Parsed(text, defaults, tenant, findings.all());
    }

    /** Forgets every other file. */
    void retain(Set<String> paths) {
        files.keySet().retainAll(paths);
    }
}
