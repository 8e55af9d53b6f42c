/** A real Kubernetes cluster, by server-side apply with one field manager. */
package io.imaas.adapter.kubernetes;
