package io.imaas.adapter.forge.pull;

import io.imaas.model.failure.Location;
import io.imaas.model.failure.Problem;
import io.imaas.port.LineComments.Found;
import java.util.ArrayList;
import java.util.List;

/** Comments at lines of one pull request. A kind of server adds its calls. */
public interface LineNotes {
    /** What the server takes comments at: lines of the change, or of its files. */
    boolean takes(Location where);

    /** Those whose text begins so. */
    List<LineNote> known(String hidden);

    /** What it says at a line. */
    default String text(String hidden, Found found) {
        return hidden + "\n" + found.markdown();
    }

    /** Takes away what is no longer said, and says what is new. */
    void replace(String hidden, NotesChange change);

    /**
     * What is there, and what is to be there afterwards; servers that write all anew need no more.
     *
     * @param known as the server told it, with its ids
     */
    record NotesChange(List<LineNote> known, List<LineNote> wanted) {
        public List<LineNote> gone() {
            return without(known, wanted);
        }

        public List<LineNote> fresh() {
            return without(wanted, known);
        }

        /** One of the others stands for one of these, so that two findings with the same words at a line stay two. */
        private static List<LineNote> without(List<LineNote> these, List<LineNote> others) {
            List<LineNote> left = new ArrayList<>(others);
            return these.stream()
                    .filter(note -> left.stream()
                            .filter(note::isAs)
                            .findFirst()
                            .map(left::remove)
                            .isEmpty())
                    .toList();
        }
    }

    /**
     * A comment at a line.
     *
     * @param id what the server wants to be told to take it away; empty when it is not there yet
     */
    record LineNote(String id, String file, int line, Problem.Severity severity, String text) {
        boolean isAs(LineNote other) {
            return file.equals(other.file) && line == other.line && text.equals(other.text);
        }
    }
}
