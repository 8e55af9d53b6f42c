package io.imaas.catalog;

import java.util.Map;
import java.util.TreeMap;

/** A platform of many tenants. */
final class Crowd {
    private Crowd() {}

    static Map<String, String> of(int tenants) {
        Map<String, String> files = new TreeMap<>();
        String orders = Acme.fixture("acme/" + Acme.ORDERS);
        files.put(Acme.PLATFORM, Acme.fixture("acme/" + Acme.PLATFORM));
        for (int i = 0; i < tenants; i++) {
            String name = "tenant" + i;
            files.put(
                    "tenants/" + name + ".yaml",
                    orders.replace("tenant: orders", "tenant: " + name)
                            .replace("imaas-orders", "imaas-" + name)
                            .replace("payments", "tenant" + (i + 1) % tenants)
                            .replace("/order-", "/" + name + "-"));
        }
        return files;
    }
}
