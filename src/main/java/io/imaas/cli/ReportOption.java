package io.imaas.cli;

import io.imaas.report.HtmlPage;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --report}: the answer as a page to be kept or passed on, beside what is printed. */
public final class ReportOption {
    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "also write the answer to this file, as an HTML page")
    private Path file;

    boolean wanted() {
        return file != null;
    }

    /** @param body HTML, escaped already */
    void write(String title, String note, String body) {
        TextFile.write(file, HtmlPage.of(title, note, body));
    }
}
