package io.imaas.plan.step;

/**
 * A step that somebody would look for and that need not be done.
 *
 * @param reason why not, a sentence
 */
public record NotNeeded(String id, String title, String reason) implements PlannedStep {}
