/** Kubernetes objects as plain values: manifests, labels, quantities, workloads. */
package io.imaas.model.kubernetes;
