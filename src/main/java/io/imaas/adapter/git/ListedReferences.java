package io.imaas.adapter.git;

import io.imaas.model.failure.FailureException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;

/**
 * What a Git server sends, of which no more references are read than the memory holds: whoever may push can make a million
 * branches whose names begin as the one that is asked for. In Git's protocol each comes in a packet of its own, which begins
 * with four digits for its length and with an id.
 */
final class ListedReferences extends FilterInputStream {
    /** Bytes of a list of references: some hundred thousand. */
    static final long LARGEST = 16L << 20;

    private static final int LENGTH = 4;
    private static final int BEGINNING = LENGTH + 40;
    private static final Pattern LISTED = Pattern.compile("[0-9a-f]{44}");

    private final String server;
    private final StringBuilder packet = new StringBuilder();
    private long listed;
    private int rest;
    /** Whether everything counts, or nothing more is a packet. */
    private final boolean all;

    private boolean over;

    /** @param all whether all that comes is a list, in packets or not */
    ListedReferences(InputStream in, String server, boolean all) {
        super(in);
        this.server = server;
        this.all = all;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = super.read(into, offset, length);
        if (all) {
            count(read);
        }
        int at = offset;
        while (!all && !over && at < offset + read) {
            int passed = Math.min(rest, offset + read - at);
            rest -= passed;
            at += passed;
            if (rest == 0 && at < offset + read) {
                begin((char) (into[at++] & 0xff));
            }
        }
        return read;
    }

    /** The next character of a packet whose beginning is not known yet. */
    private void begin(char next) {
        packet.append(next);
        if (packet.length() < LENGTH) {
            return;
        }
        int length = length();
        if (length < 0) {
            over = true;
        } else if (length < LENGTH) {
            packet.setLength(0);
        } else if (packet.length() == Math.min(length, BEGINNING)) {
            if (LISTED.matcher(packet).matches()) {
                count(length);
            }
            rest = length - packet.length();
            packet.setLength(0);
        }
    }

    /** Of the packet; below zero where it is none. */
    private int length() {
        try {
            return Integer.parseUnsignedInt(packet, 0, LENGTH, 16);
        } catch (NumberFormatException none) {
            return -1;
        }
    }

    private void count(int bytes) {
        listed += Math.max(0, bytes);
        if (listed > LARGEST) {
            throw FailureException.input(
                    "the repository has more branches and tags than are read (" + (LARGEST >> 20) + " MB of names)",
                    server,
                    "delete those that nobody needs: git push origin --delete NAME");
        }
    }
}
