/** GitLab's API, version 4. */
package io.imaas.adapter.forge.gitlab;
