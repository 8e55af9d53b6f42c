package io.imaas.adapter.forge.pull;

import io.imaas.model.failure.Location;
import io.imaas.model.failure.Problem;
import io.imaas.port.LineComments.Found;
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

    /**
     * Takes some away and adds some.
     *
     * @param all what there is afterwards, for servers that write all anew
     */
    void replace(String hidden, List<LineNote> gone, List<LineNote> fresh, List<LineNote> all);

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
