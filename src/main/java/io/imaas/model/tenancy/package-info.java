/** Tenants, their services and environments, and the rules that the platform sets for them. */
package io.imaas.model.tenancy;
