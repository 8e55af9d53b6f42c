/** Help on the command line: groups, examples, corrections, and what a shell completes. */
package io.imaas.cli.help;
