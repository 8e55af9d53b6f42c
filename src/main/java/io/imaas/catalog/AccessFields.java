package io.imaas.catalog;

import io.imaas.model.tenancy.Access;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads who may what on the whole platform. */
final class AccessFields {
    private AccessFields() {}

    static Access read(Section access) {
        Map<String, List<String>> teams = new LinkedHashMap<>();
        access.sections("groups").forEach(group -> teams.put(group.text("name").orElse(""), names(group, "teams")));
        return new Access(names(access, "admins"), names(access, "releaseManagers"), names(access, "auditors"), teams);
    }

    private static List<String> names(Section section, String key) {
        return section.values(key, "bad-person", name -> name).stream()
                .map(Located::value)
                .toList();
    }
}
