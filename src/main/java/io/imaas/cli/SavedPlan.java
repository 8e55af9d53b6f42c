package io.imaas.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.imaas.model.failure.FailureException;
import io.imaas.report.Json;
import java.nio.file.Path;
import java.util.List;

/**
 * A plan that somebody looks at before it is carried out.
 *
 * @param format of this file
 * @param command the words that made it, without {@code imaas}
 * @param basis names what it was made on: the request, the platform's files, and what the environments had
 * @param plan the plan itself, for people and programs; it is made anew when it is carried out
 */
record SavedPlan(int format, List<String> command, String basis, Object plan) {
    static final int FORMAT = 1;

    void write(Path file) {
        TextFile.write(file, Json.pretty(this) + "\n");
    }

    static SavedPlan read(Path file) {
        try {
            SavedPlan saved = Json.read(TextFile.read(file, command(file)), new TypeReference<>() {});
            if (saved.format == FORMAT && saved.command != null && !saved.command.isEmpty() && saved.basis != null) {
                return saved;
            }
            throw noPlan(
                    file,
                    saved.format == FORMAT
                            ? "it names no command or no basis"
                            : "its format is " + saved.format + ", and this version reads " + FORMAT);
        } catch (JsonProcessingException e) {
            throw noPlan(file, "it is not JSON as --save writes it");
        }
    }

    private static FailureException noPlan(Path file, String why) {
        return FailureException.input("this is not a saved plan: " + why, file.toString(), command(file));
    }

    /** What writes such a file. */
    private static String command(Path file) {
        return "imaas promote SERVICE FROM TO --save " + Pasted.of(file);
    }
}
