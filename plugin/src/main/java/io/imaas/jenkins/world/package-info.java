/** The engine of this controller: adapters put together from the configuration, one set a tenant, kept while nothing changes. */
package io.imaas.jenkins.world;
