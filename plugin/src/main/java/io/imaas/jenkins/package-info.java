/** The Jenkins door: it translates and persists; the engine decides. */
package io.imaas.jenkins;
