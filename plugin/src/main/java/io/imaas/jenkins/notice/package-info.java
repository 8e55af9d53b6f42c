/** Whoever a service's imaas.yaml names is told how its builds ended. */
package io.imaas.jenkins.notice;
