/** Programs of this machine. */
package io.imaas.adapter.process;
