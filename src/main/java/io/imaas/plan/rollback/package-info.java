/** Goes back to an earlier release, and lifts the hold that this leaves. */
package io.imaas.plan.rollback;
