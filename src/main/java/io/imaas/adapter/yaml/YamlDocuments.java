package io.imaas.adapter.yaml;

import io.imaas.adapter.yaml.YamlNode.Alias;
import io.imaas.adapter.yaml.YamlNode.Entry;
import io.imaas.adapter.yaml.YamlNode.Mapping;
import io.imaas.adapter.yaml.YamlNode.Scalar;
import io.imaas.adapter.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** The documents of a file, as nodes that know where they stand. */
final class YamlDocuments {
    /** Far more than any person nests; keeps hostile files from the call stack. */
    private static final int DEEPEST = 200;

    private static final int LONGEST_FILE = 16 * 1024 * 1024;

    private final YamlText source;
    private final int[] offsets;
    private final List<YamlNode> roots = new ArrayList<>();
    private final Map<String, YamlNode> anchored = new HashMap<>();
    private final Set<String> referenced = new HashSet<>();

    private YamlDocuments(YamlText source) {
        this.source = source;
        this.offsets = offsets(source.text());
    }

    static YamlDocuments parse(YamlText source) {
        YamlDocuments documents = new YamlDocuments(source);
        LoadSettings settings = LoadSettings.builder()
                .setUseMarks(true)
                .setCodePointLimit(LONGEST_FILE)
                .build();
        try {
            documents.read(new Parse(settings).parseString(source.text()).iterator());
        } catch (MarkedYamlEngineException problem) {
            int at = problem.getProblemMark().map(documents::offset).orElse(0);
            throw source.refuse(at, "this is not YAML: " + problem.getProblem(), "");
        } catch (ReaderException problem) {
            int at = documents.offset(problem.getPosition());
            throw source.refuse(at, "this character may not stand in YAML", "");
        } catch (YamlEngineException problem) {
            throw source.refuse(0, "this is not YAML: " + problem.getMessage(), "");
        }
        return documents;
    }

    List<YamlNode> roots() {
        return roots;
    }

    /** The anchored node, of the last document that defines the anchor. */
    Optional<YamlNode> anchored(String name) {
        return Optional.ofNullable(anchored.get(name));
    }

    /** Whether an alias anywhere points to this node. */
    boolean isReferenced(YamlNode node) {
        return !node.anchor().isEmpty() && referenced.contains(node.anchor());
    }

    private void read(Iterator<Event> events) {
        while (events.hasNext()) {
            if (events.next() instanceof DocumentStartEvent) {
                roots.add(node(events.next(), events, 0));
            }
        }
    }

    private YamlNode node(Event event, Iterator<Event> events, int depth) {
        int start = start(event);
        if (depth > DEEPEST) {
            throw source.refuse(start, "this is nested deeper than " + DEEPEST + " levels", "");
        }
        if (event instanceof AliasEvent alias) {
            referenced.add(alias.getAlias().getValue());
            return new Alias(start, end(event), alias.getAlias().getValue());
        }
        YamlNode node;
        if (event instanceof ScalarEvent scalar) {
            node = new Scalar(
                    start,
                    end(event),
                    name(scalar.getAnchor()),
                    scalar.getTag().orElse(""),
                    scalar.getScalarStyle(),
                    scalar.getValue());
        } else if (event instanceof MappingStartEvent mapping) {
            node = mapping(mapping, events, depth);
        } else {
            node = sequence((CollectionStartEvent) event, events, depth);
        }
        if (!node.anchor().isEmpty()) {
            anchored.put(node.anchor(), node);
        }
        return node;
    }

    private Mapping mapping(MappingStartEvent first, Iterator<Event> events, int depth) {
        List<Entry> entries = new ArrayList<>();
        Event event = events.next();
        for (; event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            YamlNode key = node(event, events, depth + 1);
            entries.add(new Entry(key, node(events.next(), events, depth + 1)));
        }
        return new Mapping(
                start(first),
                end(event),
                name(first.getAnchor()),
                first.getTag().orElse(""),
                first.isFlow(),
                List.copyOf(entries));
    }

    private Sequence sequence(CollectionStartEvent first, Iterator<Event> events, int depth) {
        List<YamlNode> items = new ArrayList<>();
        Event event = events.next();
        for (; event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            items.add(node(event, events, depth + 1));
        }
        return new Sequence(
                start(first),
                end(event),
                name(first.getAnchor()),
                first.getTag().orElse(""),
                first.isFlow(),
                List.copyOf(items));
    }

    private static String name(Optional<Anchor> anchor) {
        return anchor.map(Anchor::getValue).orElse("");
    }

    private int start(Event event) {
        return event.getStartMark().map(this::offset).orElse(0);
    }

    private int end(Event event) {
        return event.getEndMark().map(this::offset).orElse(0);
    }

    private int offset(Mark mark) {
        return offset(mark.getIndex());
    }

    private int offset(int codePoint) {
        return offsets.length == 0 ? codePoint : offsets[Math.min(codePoint, offsets.length - 1)];
    }

    /** Marks count code points. Empty when that is the same as counting UTF-16 units. */
    private static int[] offsets(String text) {
        int length = text.codePointCount(0, text.length());
        if (length == text.length()) {
            return new int[0];
        }
        int[] offsets = new int[length + 1];
        for (int i = 1; i <= length; i++) {
            offsets[i] = text.offsetByCodePoints(offsets[i - 1], 1);
        }
        return offsets;
    }
}
