/** From a change of a service's sources to what is to be done with it. */
package io.imaas.plan.source;
