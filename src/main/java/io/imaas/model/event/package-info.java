/** What happened, as CloudEvents 1.0: the words that hooks, the log of events and their consumers share. */
package io.imaas.model.event;
