/** Jenkins' part of a tenant: its folder, and a job for each of its repositories. */
package io.imaas.jenkins.job;
