/** Executes a {@link io.imaas.plan.Plan}: buckets, retries, waiting, events. Knows no step by name. */
package io.imaas.run;
