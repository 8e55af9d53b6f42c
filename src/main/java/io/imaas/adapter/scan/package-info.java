/** Scanners of images that write a report in JSON, as Trivy and Grype do. */
package io.imaas.adapter.scan;
