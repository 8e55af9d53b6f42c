package io.imaas.model.tenancy;

import java.io.Serializable;
import java.net.URI;

/**
 * A Service in the cluster to which all services send something, such as traces by OTLP.
 *
 * @param url of a Service in the cluster, such as {@code http://otel-collector.observability:4317}; empty: nowhere
 */
public record Collector(String url) implements Serializable {
    public static final Collector NONE = new Collector("");

    public boolean isOn() {
        return !url.isEmpty();
    }

    public String namespace() {
        return URI.create(url).getHost().split("\\.")[1];
    }

    public int port() {
        return URI.create(url).getPort();
    }
}
