/** What charts make of services: which chart an environment renders with, and the manifests that come out. */
package io.imaas.step.chart;
