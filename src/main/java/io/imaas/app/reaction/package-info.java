/**
 * What the orchestrator does by itself when something happened or a time has come, without a CI server: for doors that
 * stay. Everything is found in Git again, so what is lost here costs only the time until the next look.
 */
package io.imaas.app.reaction;
