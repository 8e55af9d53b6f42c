package io.imaas.report;

import java.util.regex.Pattern;

/** Digests and commits as people compare them: by their first 12 characters. */
final class Digests {
    private static final Pattern LONG = Pattern.compile("\\b([0-9a-f]{12})(?:[0-9a-f]{28}|[0-9a-f]{52})\\b");

    private Digests() {}

    static String shortened(String text) {
        return LONG.matcher(text).replaceAll("$1");
    }
}
