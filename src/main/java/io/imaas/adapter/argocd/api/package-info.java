/**
 * Argo CD's REST API, as far as we use it: the calls, the documents with the fields that we read or write and no others,
 * and what its errors mean.
 */
package io.imaas.adapter.argocd.api;
