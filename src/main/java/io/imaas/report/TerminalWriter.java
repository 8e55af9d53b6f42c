package io.imaas.report;

import io.imaas.plan.VisibleText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Optional;

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

    /** What kept a part of the text from being written; empty where all was, or nobody reads it any more. */
    public Optional<IOException> lost() {
        flush();
        return Optional.ofNullable(((Shown) out).lost).filter(one -> !"Broken pipe".equals(one.getMessage()));
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
        private IOException lost;

        Shown(Writer terminal) {
            this.terminal = terminal;
        }

        @Override
        public void write(char[] characters, int offset, int length) throws IOException {
            try {
                terminal.write(VisibleText.of(new String(characters, offset, length)));
            } catch (IOException e) {
                lost = e;
                throw e;
            }
        }

        @Override
        public void flush() throws IOException {
            try {
                terminal.flush();
            } catch (IOException e) {
                lost = e;
                throw e;
            }
        }

        @Override
        public void close() throws IOException {
            terminal.close();
        }
    }
}
