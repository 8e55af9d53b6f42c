/**
 * Small interfaces to the world. Adapters implement them, steps call them, tests fake them. A port throws
 * {@link io.imaas.model.failure.FailureException} for everything that goes wrong, with the kind that says whose fault it is.
 */
package io.imaas.port;
