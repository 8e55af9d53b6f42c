/** Executes a {@link io.imaas.plan.Plan}: groups, retries, waiting, events. Knows no step by name. */
package io.imaas.run;
