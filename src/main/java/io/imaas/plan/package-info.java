/**
 * Pure decisions: what is to be done, in which order, and which gates say no. Nothing here reads or writes the world;
 * printing a {@link io.imaas.plan.Plan} is the dry run.
 */
package io.imaas.plan;
