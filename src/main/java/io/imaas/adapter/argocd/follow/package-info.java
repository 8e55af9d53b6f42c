/**
 * Many rollouts followed at once: every waiting rollout is an entry in a map, not a thread. One timeline runs all
 * decisions one after the other; calls to the server happen elsewhere and come back as observations.
 */
package io.imaas.adapter.argocd.follow;
