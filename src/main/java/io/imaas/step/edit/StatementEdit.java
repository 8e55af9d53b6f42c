package io.imaas.step.edit;

import io.imaas.model.record.Statement;
import io.imaas.port.FileEdit;
import io.imaas.step.record.Records;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Puts a signed statement, unless that very statement is there already, signed by somebody who counts. */
public record StatementEdit(String path, Statement statement, String signed, Records records) implements FileEdit {
    @Override
    public Optional<byte[]> apply(Optional<byte[]> current) {
        boolean there = current.map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .filter(text -> records.says(text, statement))
                .isPresent();
        return there ? current : Optional.of(signed.getBytes(StandardCharsets.UTF_8));
    }
}
