/** Releases and their way into an environment: target, status, health, approvals, holds. */
package io.imaas.model.rollout;
