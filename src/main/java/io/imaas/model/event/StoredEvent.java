package io.imaas.model.event;

import java.io.Serializable;

/**
 * An event of the log.
 *
 * @param position its place in the order of all events, from 1; later events have higher ones, and gaps mean nothing
 */
public record StoredEvent(long position, CloudEvent event) implements Serializable {}
