/** Source repositories and what is built from them: commits, MI projects, artifacts, test reports. */
package io.imaas.model.source;
