/**
 * Argo CD as what brings GitOps commits to life. {@code machine} decides, {@code follow} keeps many rollouts, {@code api}
 * speaks HTTP; here they are put together.
 */
package io.imaas.adapter.argocd;
