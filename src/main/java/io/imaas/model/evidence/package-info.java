/** What an auditor gets to read about a release. */
package io.imaas.model.evidence;
