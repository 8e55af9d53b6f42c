package io.imaas.adapter.harbor;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.imaas.adapter.harbor.HarborApi.Project;
import io.imaas.adapter.web.BoundedJson;
import io.imaas.model.failure.Effect;
import io.imaas.model.failure.Effect.FieldChange;
import io.imaas.model.kubernetes.ObjectDiff;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which artifacts of a project stay: the newest of each image, and whatever was pulled lately.
 *
 * @param keep 0: what is there stays as it is
 */
record HarborRetention(HarborProject project, int keep) {
    static final String TYPE = "Harbor retention";

    /** Days; what runs is pulled whenever a pod comes to another node. */
    private static final int PULLED_WITHIN = 90;

    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};
    private static final ObjectMapper JSON = BoundedJson.mapper();

    Optional<Effect> ensure(Project found) {
        if (keep == 0) {
            return Optional.empty();
        }
        Map<String, Object> wanted = policy(found);
        long id = id(found);
        if (id == 0) {
            project.write(project.api().makeRetention(wanted), "tag-retention: create");
            return Optional.of(Effect.created(TYPE, project.name(), "the newest " + keep + " of each image"));
        }
        Map<String, Object> there = read(id);
        if (ObjectDiff.holds(there, wanted)) {
            return Optional.of(Effect.unchanged(TYPE, project.name()));
        }
        project.write(project.api().changeRetention(id, wanted), "tag-retention: update");
        List<FieldChange> changes = ObjectDiff.changes(
                Map.of("rules", there.getOrDefault("rules", "")), Map.of("rules", wanted.get("rules")));
        return Optional.of(Effect.updated(TYPE, project.name(), "", changes, there));
    }

    Effect undo(Project found, Effect made) {
        if (made.kind() == Effect.Kind.CREATED) {
            project.write(project.api().removeRetention(id(found)), "tag-retention: delete");
            return Effect.deleted(TYPE, project.name(), "");
        }
        project.write(project.api().changeRetention(id(found), made.replaced()), "tag-retention: update");
        return Effect.updated(TYPE, project.name(), "is as it was before");
    }

    private Map<String, Object> read(long id) {
        JsonNode found = project.answers().send(project.api().retention(id), "tag-retention: read");
        return JSON.convertValue(found, FIELDS);
    }

    /** 0: none. */
    private static long id(Project found) {
        String id = found.metadata() == null ? null : found.metadata().get("retention_id");
        return id == null || !id.matches("\\d{1,18}") ? 0 : Long.parseLong(id);
    }

    private Map<String, Object> policy(Project found) {
        return Map.of(
                "algorithm", "or",
                "rules", List.of(rule("latestPushedK", keep), rule("nDaysSinceLastPull", PULLED_WITHIN)),
                "trigger", Map.of("kind", "Schedule", "settings", Map.of("cron", "0 0 3 * * *")),
                "scope", Map.of("level", "project", "ref", found.project_id()));
    }

    private static Map<String, Object> rule(String template, int amount) {
        Map<String, Object> tags =
                Map.of("kind", "doublestar", "decoration", "matches", "pattern", "**", "extras", "{\"untagged\":true}");
        Map<String, Object> images = Map.of("kind", "doublestar", "decoration", "repoMatches", "pattern", "**");
        return Map.of(
                "disabled",
                false,
                "action",
                "retain",
                "template",
                template,
                "params",
                Map.of(template, amount),
                "tag_selectors",
                List.of(tags),
                "scope_selectors",
                Map.of("repository", List.of(images)));
    }
}
