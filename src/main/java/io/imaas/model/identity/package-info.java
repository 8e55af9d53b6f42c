/** Secrets, certificates and signing keys. */
package io.imaas.model.identity;
