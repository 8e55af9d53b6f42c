package io.imaas.app.adopt;

import io.imaas.app.Ports;
import io.imaas.model.failure.FailureException;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.port.Change;
import io.imaas.port.FileEdit;
import io.imaas.port.GitRepository;
import io.imaas.report.AdoptionText;
import java.util.List;
import java.util.TreeMap;

/** Proposes what brings existing applications under management, on a branch of the platform repository. */
public final class AdoptionPullRequest {
    private static final BranchName MAIN = new BranchName("main");
    private static final String TITLE = "Bring existing applications under management";

    private AdoptionPullRequest() {}

    /** Pushes the files to a branch and opens a pull request where the server has them; tells where it is. */
    public static String open(Ports ports, RepositoryUrl platform, Adoption adoption) {
        GitRepository repository = ports.git(platform);
        CommitId main = repository
                .head(MAIN)
                .orElseThrow(() -> FailureException.input("the platform repository has no branch " + MAIN, "push it"));
        BranchName branch = new BranchName("imaas/adopt-"
                + String.join(
                        "-",
                        adoption.proposed().stream()
                                .map(one -> one.tenant().value())
                                .distinct()
                                .sorted()
                                .limit(3)
                                .toList()));
        List<FileEdit> edits = new TreeMap<>(adoption.files())
                .entrySet().stream()
                        .map(file -> FileEdit.text(file.getKey(), file.getValue()))
                        .toList();
        repository.land(
                Change.of(branch, TITLE, edits).carrying(repository.head(branch).isPresent() ? null : main));
        return ports.pullRequests(platform)
                .map(server -> "pull request: "
                        + server.open(branch, MAIN, TITLE, body(adoption)).url())
                .orElse("pushed branch " + branch + ": open a pull request from it");
    }

    private static String body(Adoption adoption) {
        StringBuilder text = new StringBuilder(
                """
                These applications go on as they run. `imaas onboard TENANT --dry-run` shows what is made for them;
                limits, network rules and enforced Pod Security come when `adopt: true` is taken out of an environment.
                A service's next release brings its image, and the labels `imaas.io/tenant`, `imaas.io/service` and `imaas.io/environment`
                on its objects and pods; selectors stay. The objects in a service's file below `adopt/` are its own, whatever they are
                called, as long as the file lists them: review that they are.

                """);
        adoption.proposed()
                .forEach(one ->
                        text.append(AdoptionText.markdown(one.adopted().application(), sentence(one), one.changes())));
        if (!adoption.refused().isEmpty()) {
            text.append("\nWhat stays as it is:\n\n");
            adoption.refused()
                    .forEach(one -> text.append(AdoptionText.markdown(
                            one.application(), one.why() + " (" + one.fix() + ")", one.changes())));
        }
        if (!adoption.jobs().isEmpty()) {
            text.append("\nJenkins jobs, of which onboarding changes none:\n\n");
            adoption.jobs().forEach(job -> text.append(AdoptionText.markdown(job.name(), job.what(), List.of())));
        }
        return text.toString();
    }

    public static String sentence(Adoption.Proposed one) {
        return "becomes " + one.service() + " of " + one.tenant() + " in " + one.environment() + ", "
                + (one.changes().isEmpty()
                        ? "its objects stay as they are: " + one.objects()
                        : one.changes().size() + " of its objects change")
                + "; release " + one.adopted().release()
                + (one.adopted().image().contains("@")
                        ? ""
                        : ", which runs as " + one.adopted().image())
                + "; until now from " + one.source();
    }
}
