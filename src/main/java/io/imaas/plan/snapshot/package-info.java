/** The facts that a decision is made from, as they were read from the world once. */
package io.imaas.plan.snapshot;
