package io.imaas.model.identity;

import java.io.Serializable;
import java.time.Instant;

/**
 * What a person who logged in has of it.
 *
 * @param token says who they are
 * @param expires when it says nothing any more
 * @param refresh brings the next token; null where a person has to log in again
 */
public record LoginTokens(Secret token, Instant expires, Secret refresh) implements Serializable {}
