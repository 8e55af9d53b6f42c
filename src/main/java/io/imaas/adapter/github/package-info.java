/** GitHub's REST API: pull requests, comments, commit statuses, and the signature of its webhooks. */
package io.imaas.adapter.github;
