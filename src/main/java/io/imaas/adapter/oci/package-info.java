/**
 * Images and registries by the OCI specifications: building without a daemon (Jib) and looking at what is there.
 *
 * <p>Plain HTTP is spoken to registries on this machine alone; every other one is spoken to over HTTPS with a certificate
 * that the JVM's trust store knows.
 */
package io.imaas.adapter.oci;
