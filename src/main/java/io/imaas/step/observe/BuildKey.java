package io.imaas.step.observe;

import io.imaas.model.image.Digest;
import io.imaas.model.source.SourceHead;
import io.imaas.model.source.TreeHash;
import io.imaas.plan.delivery.BuildRules;

/**
 * Names a build by all that goes into it, so that the same is never built twice: everything in the repository, for a
 * build may read all of it, what the platform adds to it, and for what kind of reference it was built.
 */
record BuildKey(String tag) {
    /** Raised whenever a builder would make other bytes of the same sources. */
    private static final String BUILDER_VERSION = "2";

    static BuildKey of(TreeHash repository, String path, SourceHead head, BuildRules rules) {
        String input = String.join(
                "\n",
                repository.value(),
                path,
                head.getClass().getSimpleName(),
                rules.base(),
                rules.builder(),
                String.valueOf(rules.projectWrapper()),
                rules.testServers().toString(),
                rules.labels().toString(),
                BUILDER_VERSION);
        return new BuildKey("key-" + Digest.of(input).hex());
    }
}
