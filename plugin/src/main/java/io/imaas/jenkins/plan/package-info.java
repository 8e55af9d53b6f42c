/** From a build and what its Jenkinsfile wishes to the engine's question: what is to be done? */
package io.imaas.jenkins.plan;
