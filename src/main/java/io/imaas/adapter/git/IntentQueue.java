package io.imaas.adapter.git;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Changes that wait for the next push. Tenants take turns, so that one with a thousand changes does not keep another with
 * a single one waiting; each tenant's own changes keep their order.
 */
final class IntentQueue {
    private final Map<String, Deque<Intent>> byTenant = new HashMap<>();
    private final Deque<String> turns = new ArrayDeque<>();

    synchronized void add(Intent intent) {
        byTenant.computeIfAbsent(intent.tenant(), tenant -> {
                    turns.addLast(tenant);
                    return new ArrayDeque<>();
                })
                .addLast(intent);
    }

    /** Takes out at most so many, one of each tenant in turn. */
    synchronized List<Intent> take(int limit) {
        List<Intent> taken = new ArrayList<>();
        while (taken.size() < limit && !turns.isEmpty()) {
            String tenant = turns.removeFirst();
            Deque<Intent> waiting = byTenant.get(tenant);
            taken.add(waiting.removeFirst());
            if (waiting.isEmpty()) {
                byTenant.remove(tenant);
            } else {
                turns.addLast(tenant);
            }
        }
        return taken;
    }

    /** Takes one back; false when it was taken already. */
    synchronized boolean remove(Intent intent) {
        Deque<Intent> waiting = byTenant.get(intent.tenant());
        if (waiting == null || !waiting.remove(intent)) {
            return false;
        }
        if (waiting.isEmpty()) {
            byTenant.remove(intent.tenant());
            turns.remove(intent.tenant());
        }
        return true;
    }
}
