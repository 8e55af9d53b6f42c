/** What the command line fills in for options that are not given, and where each value is from. */
package io.imaas.cli.settings;
