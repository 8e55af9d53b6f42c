package io.imaas.adapter.forge.pull;

/**
 * How long texts may be at a server, in characters: longer texts are cut, never refused.
 *
 * @param title of a pull request
 * @param text of its description and of a comment
 * @param description of a commit status
 */
public record Limits(int title, int text, int description) {
    private static final String FENCE = "```";
    private static final String CUT =
            "\nThe rest is left out here: it would not fit into a comment. See it with `imaas promote --dry-run`.\n";

    String shortTitle(String words) {
        return shortened(words, title);
    }

    public String shortDescription(String words) {
        return shortened(words, description);
    }

    /** Cut at the end of a line, with a code block that is open there closed. */
    String fitting(String markdown) {
        if (markdown.length() <= text) {
            return markdown;
        }
        String end = "\n" + FENCE + "\n" + CUT;
        int line = markdown.lastIndexOf('\n', text - end.length());
        String kept = markdown.substring(0, line > 0 ? line : text - end.length());
        long fences = kept.lines().filter(each -> each.startsWith(FENCE)).count();
        return kept + (fences % 2 == 1 ? end : "\n" + CUT);
    }

    private static String shortened(String words, int most) {
        return words.codePointCount(0, words.length()) <= most
                ? words
                : words.substring(0, words.offsetByCodePoints(0, most - 1)) + "…";
    }
}
