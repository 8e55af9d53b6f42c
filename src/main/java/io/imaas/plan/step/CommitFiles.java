package io.imaas.plan.step;

import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.Release;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Previews;
import io.imaas.model.tenancy.ServiceName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Commits decided file contents to a branch, all or nothing.
 *
 * @param files path to content; null content removes the file
 * @param absent files that must not be there, or the change is refused when it lands: holds
 * @param subject the commit's first line
 * @param trailers the audit log
 * @param key idempotency key; empty: the content alone tells
 * @param mergedFrom the commit that the files come from, with their modes, or null; the second parent when nothing of it is
 *     left behind
 * @param releases what moves with the files, for whoever is told of it
 * @param manifests by service, the hash of the manifests that gates reviewed: when it lands, exactly these are committed as
 *     well, or nothing is. {@link #LATER} where the next review of the branch looks at them
 * @param chart the digest of the chart that is promoted with the manifests; empty: they are made with the environment's own
 * @param basis what the decision rests on besides
 */
public record CommitFiles(
        String id,
        String title,
        BranchName branch,
        Map<String, String> files,
        List<String> absent,
        String subject,
        Map<String, String> trailers,
        String key,
        CommitId mergedFrom,
        List<Release> releases,
        Map<ServiceName, String> manifests,
        String chart,
        Basis basis)
        implements PlannedStep {
    /** Stands for the hash of manifests that nobody has looked at: until somebody does, what runs stays as it is. */
    public static final String LATER = "";

    /**
     * One that is known by its content alone, comes from no other commit and moves no release, with manifests of the
     * environment's own chart; its subject is its title.
     */
    public static CommitFiles of(
            String id,
            String title,
            BranchName branch,
            Map<String, String> files,
            Map<String, String> trailers,
            Map<ServiceName, String> manifests) {
        return new CommitFiles(
                id,
                title,
                branch,
                files,
                List.of(),
                title,
                trailers,
                "",
                null,
                List.of(),
                manifests,
                "",
                Basis.NOTHING);
    }

    /** The same, of these releases. */
    public CommitFiles moving(List<Release> those) {
        return new CommitFiles(
                id, title, branch, files, absent, subject, trailers, key, mergedFrom, those, manifests, chart, basis);
    }

    /** The same, as long as its basis is so. */
    public CommitFiles resting(Basis on) {
        return new CommitFiles(
                id, title, branch, files, absent, subject, trailers, key, mergedFrom, releases, manifests, chart, on);
    }

    /** Known of previews alone: a branch of another name may be anything. */
    @Override
    public EnvironmentName environment() {
        boolean previews =
                branch.equals(Previews.SPACE.branch()) || branch.equals(GitOpsPaths.rendered(Previews.SPACE));
        return previews ? Previews.SPACE : null;
    }

    public CommitFiles {
        files = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(files));
        absent = List.copyOf(absent);
        releases = List.copyOf(releases);
        manifests = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(manifests));
        trailers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(trailers));
    }
}
