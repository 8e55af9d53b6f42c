/** From sources to a release that is live in the first environment. */
package io.imaas.plan.delivery;
