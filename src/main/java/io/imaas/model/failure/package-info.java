/** What can go wrong, whose turn it is then, and what a step changed. */
package io.imaas.model.failure;
