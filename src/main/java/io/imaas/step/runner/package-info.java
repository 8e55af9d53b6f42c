/** One runner for each kind of step. */
package io.imaas.step.runner;
