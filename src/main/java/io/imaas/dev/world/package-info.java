/** Folders that stand for a world: repositories, clusters, registries and workspaces of one machine. */
package io.imaas.dev.world;
