/** Bringing one release to the next environment, or back: gates, then one commit, then the rollout. */
package io.imaas.plan.promotion;
