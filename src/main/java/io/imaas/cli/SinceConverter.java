package io.imaas.cli;

import io.imaas.app.assembly.Assembly;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code 2026-11-01}, {@code 2026-11-01T12:00:00Z}, or how long ago: {@code 12h}, {@code 30d}. Days begin in UTC. */
final class SinceConverter implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
        try {
            if (text.matches("\\d{4}-\\d{2}-\\d{2}.*")) {
                return text.length() == 10
                        ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                        : Instant.parse(text);
            }
            return Assembly.systemClock().now().minus(new DurationConverter().convert(text));
        } catch (DateTimeParseException | TypeConversionException e) {
            throw new TypeConversionException("'" + text + "' is not a time: write 2026-11-01, 12h or 30d");
        }
    }
}
