package io.imaas.model.rollout;

import io.imaas.model.failure.FailureException;
import io.imaas.model.image.Digest;
import io.imaas.model.record.Statement;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.TenantName;
import java.io.Serializable;
import java.time.Instant;
import java.util.Map;

/**
 * Up to which commit people's pushes to an environment's branch were reviewed. Where manifests are rendered, they tell it themselves.
 *
 * @param commit the branch's tip that was reviewed
 */
public record ReviewRecord(EnvironmentName environment, CommitId commit, Instant at) implements Serializable {
    /** The kind of its statement. */
    public static final String TYPE = "urn:imaas:record:review:v1";

    /** On {@link GitOpsPaths#RECORDS}: where it is kept, one for an environment. */
    public static String path(EnvironmentName environment) {
        return "reviews/" + environment + ".json";
    }

    public Statement statement(TenantName tenant) {
        return new Statement(
                TYPE,
                tenant + "/" + environment,
                Digest.of(commit.value()).hex(),
                Map.of(
                        "tenant",
                        tenant.value(),
                        "environment",
                        environment.value(),
                        "commit",
                        commit.value(),
                        Statement.AT,
                        at.toString()));
    }

    /**
     * Reads {@link #statement}.
     *
     * @throws FailureException INPUT when it is not a statement about a review
     */
    public static ReviewRecord of(Statement statement) {
        try {
            return new ReviewRecord(
                    new EnvironmentName(statement.text("environment")),
                    new CommitId(statement.text("commit")),
                    statement.at());
        } catch (IllegalArgumentException e) {
            throw FailureException.input("this is not a record of a review: " + e.getMessage(), "", "");
        }
    }
}
