/** Edits of the files of GitOps repositories. */
package io.imaas.step.edit;
