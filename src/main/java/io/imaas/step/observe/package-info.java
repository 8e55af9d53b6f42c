/** Observers read the world once and return values that planners decide on. */
package io.imaas.step.observe;
