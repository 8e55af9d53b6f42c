package io.imaas.cli;

import picocli.CommandLine.Option;

/** {@code --format}, the same on every command. */
public final class FormatOption {
    /** For people or for programs. */
    public enum Format {
        TEXT,
        JSON
    }

    @Option(
            names = {"-o", "--format"},
            paramLabel = "text|json",
            defaultValue = "text",
            description = "text for people (default), json for programs")
    private Format format = Format.TEXT;

    public boolean json() {
        return format == Format.JSON;
    }
}
