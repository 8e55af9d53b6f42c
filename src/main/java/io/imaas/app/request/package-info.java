/** What people and programs ask for over a network: each once, in its tenant's turn, and kept in the log. */
package io.imaas.app.request;
