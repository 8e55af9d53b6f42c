/** A key in the transit engine of HashiCorp Vault or OpenBao, by their HTTP API ({@code /v1/transit/keys}, {@code /v1/transit/sign}). */
package io.imaas.adapter.vault;
