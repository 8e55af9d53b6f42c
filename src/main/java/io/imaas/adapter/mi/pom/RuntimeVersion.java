package io.imaas.adapter.mi.pom;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of the Micro Integrator that a project is written for.
 *
 * @param text as written; empty when the project does not say
 */
public record RuntimeVersion(String text) {
    private static final Pattern FORM = Pattern.compile("(\\d+)\\.(\\d+)(?:\\.(\\d+))?(.*)");

    public static RuntimeVersion of(Pom pom) {
        return new RuntimeVersion(pom.property("project.runtime.version"));
    }

    /** Since 4.4.0 connectors bring their libraries and may be inbound ones. */
    public boolean packsConnectors() {
        return atLeast(4, 4);
    }

    /**
     * The Java that this runtime runs on, such as {@code 11-21}; empty when the runtime is unknown. From the
     * compatibility pages of the product's documentation.
     */
    public String java() {
        if (atLeast(4, 6)) {
            return "21-25";
        }
        if (atLeast(4, 4)) {
            return "11-21";
        }
        if (atLeast(4, 2)) {
            return "11-17";
        }
        return atLeast(1, 0) ? "8-11" : "";
    }

    /** A qualified version such as {@code 4.4.0-beta} comes before the plain one, as in Maven. */
    private boolean atLeast(int major, int minor) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return false;
        }
        List<Integer> parts = new ArrayList<>();
        for (int group = 1; group <= 3; group++) {
            parts.add(form.group(group) == null ? 0 : Integer.parseInt(form.group(group)));
        }
        if (parts.get(0) != major) {
            return parts.get(0) > major;
        }
        boolean early = form.group(4).matches("(?i)-(alpha|beta|m|rc|cr|snapshot).*");
        boolean reached = parts.get(2) > 0 || !early;
        return parts.get(1) > minor || (parts.get(1) == minor && reached);
    }
}
