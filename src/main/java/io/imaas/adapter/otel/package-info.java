/** Traces for whatever takes OpenTelemetry's protocol over HTTP. */
package io.imaas.adapter.otel;
