package io.imaas.server.hook;

import io.imaas.server.hook.Hook.Fact;
import java.util.Map;

/** Branches and tags that moved, as every forge tells them. */
final class Refs {
    private static final String BRANCHES = "refs/heads/";
    private static final String TAGS = "refs/tags/";

    private Refs() {}

    /** @param after the new commit; only zeros when the branch or tag is gone */
    static Fact moved(String repository, String ref, String before, String after, String by) {
        boolean tag = ref.startsWith(TAGS);
        String verb = after.matches("0+") ? "deleted" : "pushed";
        String name =
                ref.startsWith(BRANCHES) ? ref.substring(BRANCHES.length()) : tag ? ref.substring(TAGS.length()) : ref;
        return new Fact(
                (tag ? "tag." : "branch.") + verb,
                repository,
                Map.of(tag ? "tag" : "branch", name, "before", before, "after", after, "by", by));
    }

    /** @param verb opened, updated, merged or closed */
    static Fact pullRequest(String verb, String repository, String number, String target, String head, String by) {
        return new Fact(
                "pull-request." + verb, repository, Map.of("number", number, "branch", target, "head", head, "by", by));
    }
}
