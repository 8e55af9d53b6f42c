package io.imaas.step.edit;

import io.imaas.model.failure.FailureException;
import io.imaas.port.FileEdit;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Refuses a change while a hold is there. The plan asked before, but a rollback may have landed since: this asks again
 * at the moment of writing, on the very content that is written on.
 */
public record MustBeAbsent(String path) implements FileEdit {
    @Override
    public Optional<byte[]> apply(Optional<byte[]> current) {
        if (current.isPresent()) {
            throw FailureException.policy(
                    "a hold was set meanwhile: "
                            + new String(current.get(), StandardCharsets.UTF_8)
                                    .lines()
                                    .findFirst()
                                    .orElse(""),
                    path,
                    "lift it with 'imaas resume'");
        }
        return current;
    }
}
