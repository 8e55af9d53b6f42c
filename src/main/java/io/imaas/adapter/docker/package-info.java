/** Docker by its API: images by the project's own Dockerfile, containers for tests. */
package io.imaas.adapter.docker;
