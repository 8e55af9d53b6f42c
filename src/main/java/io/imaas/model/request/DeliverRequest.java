package io.imaas.model.request;

/**
 * Do with a change of a service's sources what its branch stands for: check, build, release, promote.
 *
 * @param options what the caller wants otherwise than the files say
 */
public record DeliverRequest(SourceChange change, BuildOptions options) implements PlanRequest {}
