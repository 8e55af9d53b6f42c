/** The door that stays: web hooks, API and pages over HTTP. It translates in and out, and decides nothing. */
package io.imaas.server;
