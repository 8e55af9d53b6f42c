/** What runs on agents: the engine's steps that need the sources, sent there with nothing but what they need. */
package io.imaas.jenkins.agent;
