package io.imaas.model.tenancy;

import java.io.Serializable;

/**
 * What the cluster offers to all tenants.
 *
 * @param ingressNamespace where the ingress controllers run
 * @param monitoringNamespace where Prometheus and Grafana run
 * @param prometheusOperator whether PodMonitor and PrometheusRule are known there
 * @param pullSecret name of the Secret, in each namespace, to pull images with; empty when none is needed
 */
public record ClusterServices(
        String ingressNamespace, String monitoringNamespace, boolean prometheusOperator, String pullSecret)
        implements Serializable {
    /** The usual names: ingress-nginx, and the Prometheus operator in monitoring. */
    public static ClusterServices usual() {
        return new ClusterServices("ingress-nginx", "monitoring", true, "");
    }
}
