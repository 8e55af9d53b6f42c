/** {@code imaas demo}: one tenant's whole life on one machine. */
package io.imaas.dev.demo;
