package io.imaas.plan.snapshot;

import io.imaas.model.source.CommitId;
import java.io.Serializable;
import java.time.Instant;

/**
 * The newest commit that changed something.
 *
 * @param by the actor in its trailers, or its author
 */
public record LastChange(CommitId commit, Instant at, String by, String subject) implements Serializable {}
