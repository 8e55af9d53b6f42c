/** {@code imaas --server URL}: the command line as the client of a server. */
package io.imaas.cli.remote;
