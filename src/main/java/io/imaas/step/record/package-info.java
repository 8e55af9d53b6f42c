/** Records of one tenant: signed when they are written, and read only where their signature counts. */
package io.imaas.step.record;
