/**
 * The application: the use cases, and the one place where a request becomes a plan. Every door (command line, Jenkins,
 * server) asks {@link io.imaas.app.Imaas}. It observes through ports and leaves every decision to {@code plan}.
 */
package io.imaas.app;
