package io.imaas.model.request;

import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.DirectChangePolicy;
import io.imaas.model.tenancy.EnvironmentName;

/**
 * Review what people pushed or merged to an environment's branch, and follow what is not live yet.
 *
 * @param before the last commit known to be reviewed; null: the orchestrator's own last commit
 * @param head what the branch must still hold; null: whatever it holds now
 * @param policy what becomes of a refused change; null: what the environment says
 */
public record ReviewRequest(EnvironmentName environment, CommitId before, CommitId head, DirectChangePolicy policy)
        implements PlanRequest {}
