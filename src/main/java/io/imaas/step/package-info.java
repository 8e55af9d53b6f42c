/** One runner for each kind of step: the only callers of ports. */
package io.imaas.step;
