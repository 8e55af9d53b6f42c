package io.imaas.model.record;

import java.io.Serializable;

/** A statement, with the envelope that it was read from. */
public record SignedStatement(Statement statement, Envelope envelope) implements Serializable {}
