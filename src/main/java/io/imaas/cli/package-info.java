/** The command line: one of the doors. It translates in and out and decides nothing. */
package io.imaas.cli;
