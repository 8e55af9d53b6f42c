package io.imaas.cli;

import io.imaas.model.failure.FailureException;
import io.imaas.report.HtmlPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --report}: the answer as a page to be kept or passed on, beside what is printed. */
public final class ReportOption {
    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "writes the answer to this file too, as an HTML page")
    private Path file;

    boolean wanted() {
        return file != null;
    }

    /** @param body HTML, escaped already */
    void write(String title, String note, String body) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            Files.writeString(file, HtmlPage.of(title, note, body));
        } catch (IOException e) {
            throw FailureException.external(
                    "the report can't be written: " + e.getMessage(), file.toString(), "check the folder's rights", e);
        }
    }
}
