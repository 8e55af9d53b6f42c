package io.imaas.step.observe;

import io.imaas.model.source.TreeHash;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names a build by all that goes into it, so that the same is never built twice. */
record BuildKey(String tag) {
    /** Raised whenever a builder would make other bytes of the same sources. */
    private static final String BUILDER_VERSION = "1";

    static BuildKey of(TreeHash tree, String base) {
        String input = tree + "\n" + base + "\n" + BUILDER_VERSION;
        try {
            byte[] sha = MessageDigest.getInstance("SHA-256").digest(input.getBytes(StandardCharsets.UTF_8));
            return new BuildKey("key-" + HexFormat.of().formatHex(sha));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
