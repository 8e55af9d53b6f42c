/**
 * GitOps without Argo CD: the commit's files are rendered with Helm, applied to the cluster, and the workload is looked
 * at. For the embedded default and for teams that run no Argo CD.
 */
package io.imaas.adapter.direct;
