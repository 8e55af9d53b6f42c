package io.imaas.plan.snapshot;

import java.io.Serializable;
import java.time.Instant;

/**
 * The newest commit that changed something.
 *
 * @param by the actor in its trailers, or its author
 */
public record LastChange(Instant at, String by) implements Serializable {}
