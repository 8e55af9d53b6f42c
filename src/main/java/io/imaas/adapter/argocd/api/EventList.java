package io.imaas.adapter.argocd.api;

import java.util.List;

/** Kubernetes events. */
public record EventList(List<Event> items) {
    /** @param count how often it was seen */
    public record Event(String type, String reason, String message, int count, String lastTimestamp) {}
}
