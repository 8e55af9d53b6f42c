package io.imaas.app.request;

/**
 * What a request would do now.
 *
 * @param blocked whether a gate is closed, so that it would do nothing
 * @param shown as people read it, a fragment of HTML
 * @param basis names what the plan was made on: see {@link io.imaas.app.Imaas#basis}
 */
public record Planned(String title, boolean blocked, String shown, String basis) {}
