/** CEL as Kubernetes' API server speaks it: admission policies are asked here what they would say there. */
package io.imaas.adapter.cel;
