/** Gitea's and Forgejo's API, version 1. */
package io.imaas.adapter.forge.gitea;
