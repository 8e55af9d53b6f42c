package io.imaas.report;

import io.imaas.plan.VisibleText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * Writes to a terminal what may hold anybody's words: names of authors, messages of servers, values of manifests. A character
 * that would move the cursor, take a line away, turn the direction of reading or be seen by nobody is written as its number;
 * colours pass, and what JSON says stays the same.
 */
public final class TerminalWriter extends PrintWriter {
    private final Writer terminal;

    public TerminalWriter(Writer terminal) {
        super(new Shown(terminal), true);
        this.terminal = terminal;
    }

    /** Commands the terminal: with words of ours alone. */
    void command(String sequence) {
        flush();
        try {
            terminal.write(sequence);
        } catch (IOException e) {
            setError();
        }
    }

    /** Each text that is printed comes in one piece. */
    private static final class Shown extends Writer {
        private final Writer terminal;

        Shown(Writer terminal) {
            this.terminal = terminal;
        }

        @Override
        public void write(char[] characters, int offset, int length) throws IOException {
            terminal.write(VisibleText.of(new String(characters, offset, length)));
        }

        @Override
        public void flush() throws IOException {
            terminal.flush();
        }

        @Override
        public void close() throws IOException {
            terminal.close();
        }
    }
}
