/** Puts adapters behind ports: the only place that knows which technology serves which port. */
package io.imaas.app.assembly;
