/**
 * The platform in memory, for doors that stay: the catalog, one context for each tenant, and threads that tenants share
 * fairly. Everything here can be thrown away and is made again. No lock is held while something is read or closed.
 */
package io.imaas.app.platform;
