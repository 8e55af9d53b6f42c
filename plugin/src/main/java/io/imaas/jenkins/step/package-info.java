/** The Pipeline steps. Each executes steps of the build's plan; which ones there are, the engine decided. */
package io.imaas.jenkins.step;
