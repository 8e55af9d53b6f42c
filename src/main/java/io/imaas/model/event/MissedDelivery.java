package io.imaas.model.event;

import java.io.Serializable;

/**
 * What a Git server wanted to tell us and could not.
 *
 * @param id the server's own name for it, the same at every attempt
 * @param event what kind of message it is, as the server calls it
 * @param body the message, JSON as it would have come
 */
public record MissedDelivery(String id, String event, String body) implements Serializable {}
