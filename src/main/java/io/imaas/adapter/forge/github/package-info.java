/** GitHub's REST and GraphQL APIs. What Gitea took over from the former is here, too. */
package io.imaas.adapter.forge.github;
