/** Files to begin with: {@code imaas init}. */
package io.imaas.cli.init;
