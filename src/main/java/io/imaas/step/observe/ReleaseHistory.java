package io.imaas.step.observe;

import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.Release;
import io.imaas.model.source.BranchName;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.snapshot.PastRelease;
import io.imaas.port.Commit;
import io.imaas.port.GitRepository;
import io.imaas.port.ValuesEditor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an environment ran, newest first, from Git alone. */
public final class ReleaseHistory {
    private final GitRepository repository;
    private final ValuesEditor values;

    public ReleaseHistory(GitRepository repository, ValuesEditor values) {
        this.repository = repository;
        this.values = values;
    }

    /** The releases that changed {@code release.yaml} on the environment's branch. */
    public List<PastRelease> of(ServiceName service, EnvironmentName environment, int limit) {
        BranchName branch = environment.branch();
        List<PastRelease> past = new ArrayList<>();
        for (Commit commit : repository.history(branch, GitOpsPaths.release(service), limit)) {
            Optional<byte[]> file = repository.read(commit.id(), GitOpsPaths.release(service));
            Optional<Release> release = file.flatMap(bytes -> Release.of(service, values.read(bytes)));
            release.ifPresent(found -> past.add(new PastRelease(
                    found,
                    commit.id(),
                    commit.at(),
                    commit.trailers().getOrDefault("Imaas-Actor", commit.author()),
                    commit.subject(),
                    new String(file.orElseThrow(), StandardCharsets.UTF_8),
                    repository
                            .read(commit.id(), GitOpsPaths.values(service))
                            .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                            .orElse(null))));
        }
        return past;
    }
}
