package io.imaas.app;

import io.imaas.model.event.CloudEvent;
import io.imaas.port.EventLogContract;
import io.imaas.testing.Await;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServedViewsTest extends ServedWorld {
    private static CloudEvent nobodys(String id) {
        CloudEvent event = EventLogContract.event(id);
        return new CloudEvent(id, event.source(), event.type(), event.subject(), event.time(), "", event.data());
    }

    @Test
    void whereEventsMayBeMissingEveryTenantIsReadAgain() throws Exception {
        log.append(List.of(nobodys("first"))).join();
        Await.until(() -> log.last() > 0);
        stopServing();
        serve();
        Await.until(() -> body("GET", "/api/v1/tenants/orders").toString().contains("1.0.0"));
        world.released("dev", world.release("2.0.0", null));
        try (Connection lost = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("events.db"))) {
            lost.createStatement().execute("DELETE FROM events");
        }
        log.append(List.of(nobodys("next"))).join();
        Await.until(() -> body("GET", "/api/v1/tenants/orders").toString().contains("2.0.0"));
    }
}
