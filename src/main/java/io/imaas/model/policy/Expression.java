package io.imaas.model.policy;

import io.imaas.model.failure.Location;
import java.io.Serializable;

/**
 * An expression in CEL, and where it stands.
 *
 * @param name of a variable or a match condition; empty where it has none
 */
public record Expression(String name, String text, Location where) implements Serializable {}
