package io.imaas.adapter.harbor;

import io.imaas.adapter.harbor.HarborApi.Project;
import io.imaas.adapter.web.Answers;
import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.image.ImageRepository;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import retrofit2.Call;

/**
 * A project and whose it is. Harbor's projects carry no text of ours, so a label that is defined in the project says it.
 *
 * @param images below which the tenant's images lie: the first word of the path is the project
 * @param owner such as {@code acme/orders}
 */
record HarborProject(
        HarborApi api, Answers answers, ImageRepository images, String owner, boolean writes, boolean adopts) {
    static final String TYPE = "Harbor project";

    private static final String LABEL = "imaas:";

    String name() {
        return images.path().split("/", 2)[0];
    }

    Optional<Project> find() {
        return answers.exists(api.exists(name()), "project: list")
                ? Optional.of(answers.send(api.project(name()), "project: read"))
                : Optional.empty();
    }

    Project required() {
        return find().orElseThrow(() -> FailureException.conflict(
                "the project is not there any more", images.toString(), "run 'imaas onboard' again"));
    }

    /** In a dry run nothing is made, and nothing can be asked about it. */
    Optional<Project> make(long bytes) {
        if (!writes) {
            return Optional.empty();
        }
        Map<String, Object> project = new HashMap<>();
        project.put("project_name", name());
        project.put("metadata", Map.of("public", "false"));
        if (bytes > 0) {
            project.put("storage_limit", bytes);
        }
        boolean ours = answers.make(api.makeProject(project), "project: create");
        try {
            Project made = required();
            if (ours) {
                sign(made);
            } else {
                requireOurs(made);
            }
            return Optional.of(made);
        } catch (FailureException e) {
            throw ours ? e.after(List.of(created())) : e;
        }
    }

    Effect created() {
        return Effect.created(TYPE, name(), "private");
    }

    void requireOurs(Project found) {
        List<String> owners = answers.send(api.labels(found.project_id()), "label: list").stream()
                .map(HarborApi.Label::name)
                .filter(name -> name.startsWith(LABEL))
                .map(name -> name.substring(LABEL.length()))
                .toList();
        if (owners.contains(owner)) {
            return;
        }
        if (!owners.isEmpty()) {
            throw FailureException.policy(
                    "the project belongs to another: " + String.join(", ", owners),
                    TYPE + " " + name(),
                    "give the tenant another name, or let the other owner delete the project");
        }
        // One that a run made and was killed over is empty.
        if (!adopts && found.repo_count() > 0) {
            throw FailureException.policy(
                    "the project exists and was not made by this platform: it has no label " + LABEL + owner,
                    TYPE + " " + name(),
                    "look at what is in it; to take it over, run 'imaas onboard TENANT --adopt'");
        }
        if (writes) {
            sign(found);
        }
    }

    private void sign(Project project) {
        Map<String, Object> label = new HashMap<>();
        label.put("name", LABEL + owner);
        label.put("description", "whose project this is");
        label.put("scope", "p");
        label.put("project_id", project.project_id());
        answers.make(api.makeLabel(label), "label: create");
    }

    Effect remove() {
        answers.send(api.removeProject(name()), "project: delete");
        return Effect.deleted(TYPE, name(), "");
    }

    /** A write that changes something, left out in a dry run. */
    void write(Call<Void> call, String permission) {
        if (writes) {
            answers.send(call, permission);
        }
    }
}
