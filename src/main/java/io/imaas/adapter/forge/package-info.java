/**
 * Git servers beyond Git: pull requests, commit statuses, reviews, deployments, and how a repository is set up. Each kind
 * of server has a package of its own; {@link io.imaas.adapter.forge.Forges} offers them a URL until one fits.
 */
package io.imaas.adapter.forge;
