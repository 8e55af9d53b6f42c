package io.imaas.report;

import io.imaas.model.failure.Effect;
import io.imaas.plan.MarkdownText;
import java.util.List;

/** What becomes of an application that is to be adopted, for people. */
public final class AdoptionText {
    private AdoptionText() {}

    /** One line for a terminal, with its changes below it. */
    public static String plain(String application, String what, List<Effect> changes) {
        return application + ": " + what + "\n" + ChangeText.plain(changes);
    }

    /** The same as an item of a list. */
    public static String markdown(String application, String what, List<Effect> changes) {
        return "- **" + MarkdownText.line(application) + "**: " + MarkdownText.line(what) + "\n"
                + (changes.isEmpty() ? "" : ChangeText.markdown(changes).indent(2));
    }
}
