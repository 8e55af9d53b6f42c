package io.imaas.plan.snapshot;

import java.io.Serializable;
import java.time.Instant;

/**
 * The newest commit that changed something.
 *
 * @param by the actor in its trailers, or its author
 * @param assumed what nobody observed and that actor vouched for, such as {@code healthy in dev}; mostly empty
 */
public record LastChange(Instant at, String by, String assumed) implements Serializable {}
