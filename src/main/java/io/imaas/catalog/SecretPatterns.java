package io.imaas.catalog;

import io.imaas.model.failure.Location;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Knows what credentials look like, so that one pasted into a metadata file is reported and never repeated. */
final class SecretPatterns {
    private static final List<Shape> SHAPES = List.of(
            shape("a GitHub token", "gh", "\\bgh[pousr]_[A-Za-z0-9]{20,}"),
            shape("a GitHub token", "github_pat_", "\\bgithub_pat_[A-Za-z0-9_]{20,}"),
            shape("a GitLab token", "glpat-", "\\bglpat-[A-Za-z0-9_-]{16,}"),
            shape("an AWS access key", "AKIA", "\\bAKIA[0-9A-Z]{16}\\b"),
            shape("a temporary AWS access key", "ASIA", "\\bASIA[0-9A-Z]{16}\\b"),
            shape("a Slack token", "xox", "\\bxox[abeprs]-[A-Za-z0-9-]{10,}"),
            shape(
                    "a Slack webhook",
                    "hooks.slack.com",
                    "https://hooks\\.slack\\.com/(?:services|workflows)/[A-Za-z0-9/]+"),
            shape("a JSON web token", "eyJ", "\\beyJ[A-Za-z0-9_-]{8,}+\\.[A-Za-z0-9_-]{8,}+\\.[A-Za-z0-9_-]*"),
            shape("a private key", "-----BEGIN", "-----BEGIN [A-Z ]*PRIVATE KEY-----"),
            shape("a Docker Hub token", "dckr_pat_", "\\bdckr_pat_[A-Za-z0-9_-]{16,}"),
            shape("a Google API key", "AIza", "\\bAIza[A-Za-z0-9_-]{35}"),
            shape("a password in a URL", "://", "(?<=://)[^\\s/@:\"']*:[^\\s/@\"']+(?=@)"));

    private SecretPatterns() {}

    /** Reports each credential in a file, comments included: Git keeps those too. */
    static void report(String file, String text, Findings findings) {
        List<Shape> possible =
                SHAPES.stream().filter(shape -> text.contains(shape.mark())).toList();
        String[] lines = possible.isEmpty() ? new String[0] : text.split("\n", -1);
        for (int line = 0; line < lines.length; line++) {
            for (Shape shape : possible) {
                Matcher matcher = shape.pattern().matcher(lines[line]);
                while (lines[line].contains(shape.mark()) && matcher.find()) {
                    int column = lines[line].codePointCount(0, matcher.start()) + 1;
                    report(shape, new Location(file, line + 1, column), findings);
                }
            }
        }
    }

    private static void report(Shape shape, Location where, Findings findings) {
        findings.error(
                "secret-in-file",
                where,
                "this looks like " + shape.name(),
                "revoke it, for Git keeps it for ever; take it out and give the credential by its name");
    }

    static String mask(String message) {
        String masked = message;
        for (Shape shape : SHAPES) {
            if (masked.contains(shape.mark())) {
                masked = shape.pattern().matcher(masked).replaceAll("****");
            }
        }
        return masked;
    }

    private static Shape shape(String name, String mark, String regex) {
        return new Shape(name, mark, Pattern.compile(regex));
    }

    /** @param mark is in every such credential; text without it needs no closer look, and nearly no text has it */
    private record Shape(String name, String mark, Pattern pattern) {}
}
