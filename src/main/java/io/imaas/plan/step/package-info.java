/** The kinds of steps of a plan. A step is a value that names what it does; its runner is in {@code step.runner}. */
package io.imaas.plan.step;
