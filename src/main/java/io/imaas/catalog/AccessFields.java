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
        access.sections("groups")
                .forEach(group -> teams.put(group.word("name"), group.list("teams", "bad-person", name -> name)));
        return new Access(
                access.list("admins", "bad-person", name -> name),
                access.list("releaseManagers", "bad-person", name -> name),
                access.list("auditors", "bad-person", name -> name),
                teams);
    }
}
