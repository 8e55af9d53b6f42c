package io.imaas.dev.local;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import io.imaas.port.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What changed and when, one line each: {@code 2026-11-22T10:00:00Z CREATED Deployment orders-dev/order-api}. */
record Journal(Path file, Clock clock) {
    /** Unchanged is nothing to write down. */
    void add(Effect effect) {
        if (!effect.isChange()) {
            return;
        }
        String line = clock.now() + " " + effect.kind() + " " + effect.type() + " " + effect.name() + "\n";
        try {
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw FailureException.external("the journal cannot be written: " + Reason.of(e), file.toString(), "", e);
        }
    }
}
