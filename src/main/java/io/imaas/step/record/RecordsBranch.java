package io.imaas.step.record;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.record.Unbelieved;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.port.GitHistory.ChangedFile;
import io.imaas.port.GitRepository;
import io.imaas.port.SealedBranches.Sealed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The branch of records as it counts, and what is on it besides.
 *
 * @param counts null where nothing counts
 * @param unbelieved what others pushed on top, or why nothing counts at all
 */
public record RecordsBranch(CommitId counts, List<Unbelieved> unbelieved) {
    public RecordsBranch {
        unbelieved = List.copyOf(unbelieved);
    }

    /**
     * What can't be believed closes gates; it keeps nobody from looking.
     *
     * @param environments whose commits tell what counted when they were made: those with manifests, or, where the deployment
     *     server renders, those on the environment's branch
     */
    public static RecordsBranch of(GitRepository repository, Records records, List<EnvironmentName> environments) {
        try {
            Optional<Sealed> branch = repository.sealed(
                    GitOpsPaths.RECORDS,
                    records.seal(),
                    environments.stream()
                            .map(name -> List.of(GitOpsPaths.rendered(name), name.branch()))
                            .toList());
            return new RecordsBranch(
                    branch.map(Sealed::counts).orElse(null),
                    branch.filter(Sealed::covered)
                            .map(found -> others(repository, found))
                            .orElse(List.of()));
        } catch (FailureException e) {
            if (e.failure().kind() != FailureKind.POLICY) {
                throw e;
            }
            String fix = e.failure().suggestion();
            return new RecordsBranch(
                    null,
                    List.of(new Unbelieved(
                            GitOpsPaths.RECORDS.value(), e.failure().what() + (fix.isEmpty() ? "" : "; " + fix))));
        }
    }

    private static List<Unbelieved> others(GitRepository repository, Sealed sealed) {
        String why = "by a commit that no orchestrator sealed (" + sealed.tip().abbreviated() + ")";
        List<Unbelieved> found = new ArrayList<>();
        if (sealed.counts() == null) {
            repository.list(sealed.tip(), "").forEach(path -> found.add(new Unbelieved(path, "it was pushed " + why)));
        } else {
            for (ChangedFile file : repository.changed(sealed.counts(), sealed.tip())) {
                String word = file.after() == ChangedFile.Mode.ABSENT
                        ? "it was removed "
                        : file.before() == ChangedFile.Mode.ABSENT ? "it was pushed " : "it was changed ";
                found.add(new Unbelieved(file.path(), word + why));
            }
        }
        return found;
    }
}
