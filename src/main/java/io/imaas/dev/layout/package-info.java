/**
 * A registry for one machine: a small loopback endpoint of the OCI distribution specification over a folder that is an
 * OCI image layout. For the demo and for tests alone; every image it holds can be read without our code.
 */
package io.imaas.dev.layout;
