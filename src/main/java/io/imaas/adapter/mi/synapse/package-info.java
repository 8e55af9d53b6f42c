/** Synapse's configuration language: what it reads of an artifact, what it passes over, and what it refuses. */
package io.imaas.adapter.mi.synapse;
