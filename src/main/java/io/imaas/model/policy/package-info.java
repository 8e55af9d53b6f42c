/** Kubernetes' admission policies as the platform repository has them, and what they say of manifests. */
package io.imaas.model.policy;
