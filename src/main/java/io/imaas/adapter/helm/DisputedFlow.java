package io.imaas.adapter.helm;

import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * Texts without quotes between brackets that Go's reader, which is the cluster's, takes otherwise than YAML 1.2 does: in
 * {@code [b:, x]} it sees the text {@code b:} and not a key, in {@code [?a]} a key and not a text, and in {@code [a?]} a
 * fault.
 */
final class DisputedFlow {
    /** Most documents have none of these, and are not read a second time. */
    private static final Pattern SUSPECT = Pattern.compile("[^\"']:[,\\[\\]{}]|\\?");

    /** Within the text as it is written, with the two characters behind it. */
    private static final Pattern DISPUTED = Pattern.compile("(?s).*\\?.*|.*:[,\\[\\]{}].?");

    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setUseMarks(true).build();

    private DisputedFlow() {}

    /** The first such text as it is written; empty when there is none. */
    static Optional<String> in(String document) {
        if (!SUSPECT.matcher(document).find()) {
            return Optional.empty();
        }
        int flow = 0;
        for (Event event : new Parse(SETTINGS).parseString(document)) {
            if (event instanceof CollectionStartEvent start && (flow > 0 || start.isFlow())) {
                flow++;
            } else if (flow > 0
                    && (event.getEventId() == Event.ID.MappingEnd || event.getEventId() == Event.ID.SequenceEnd)) {
                flow--;
            } else if (flow > 0
                    && event instanceof ScalarEvent scalar
                    && scalar.getScalarStyle() == ScalarStyle.PLAIN) {
                String written = written(scalar);
                if (DISPUTED.matcher(written).matches()) {
                    return Optional.of(written.strip());
                }
            }
        }
        return Optional.empty();
    }

    private static String written(ScalarEvent scalar) {
        Mark start = scalar.getStartMark().orElseThrow();
        Mark end = scalar.getEndMark().orElseThrow();
        int[] all = end.getBuffer();
        int from = Math.max(0, end.getPointer() - (end.getIndex() - start.getIndex()));
        int length = Math.min(all.length, end.getPointer() + 2) - from;
        return new String(all, from, length);
    }
}
