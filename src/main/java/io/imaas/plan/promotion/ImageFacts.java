package io.imaas.plan.promotion;

import io.imaas.model.Digest;
import java.io.Serializable;

/**
 * What the registry knows about an image that is to be promoted.
 *
 * @param exists whether the registry serves it
 * @param tests the label {@code io.imaas.tests}: {@code passed}, {@code none}, {@code not-run}, or empty
 */
public record ImageFacts(Digest digest, boolean exists, String tests) implements Serializable {}
