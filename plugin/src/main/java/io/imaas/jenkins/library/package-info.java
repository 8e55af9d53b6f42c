/** The shared library that travels with the plugin. */
package io.imaas.jenkins.library;
