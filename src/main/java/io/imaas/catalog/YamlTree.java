package io.imaas.catalog;

import io.imaas.catalog.YamlNode.Entry;
import io.imaas.catalog.YamlNode.Mapping;
import io.imaas.catalog.YamlNode.Scalar;
import io.imaas.catalog.YamlNode.Sequence;
import io.imaas.model.failure.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Builds a located tree out of one YAML document. Works on the parser's events and not on the library's own node graph,
 * so that depth and unfolded size are limited before anything recurses, and doubled keys don't end the reading.
 */
final class YamlTree {
    /** No metadata file nests deeper than seven; a parser bomb does. */
    static final int MAX_DEPTH = 40;
    /** With aliases unfolded. A tenant of 1,000 services has some 10,000. */
    static final int MAX_NODES = 100_000;

    private static final String MERGE_KEY = "<<";

    private final String file;
    private final Findings findings;
    private final Iterator<Event> events;
    private final Map<Anchor, YamlNode> anchors = new HashMap<>();
    private int depth;
    private int nodes;

    private YamlTree(String file, String text, Findings findings) {
        this.file = file;
        this.findings = findings;
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setCodePointLimit(SourceText.MAX_CHARACTERS)
                .build();
        this.events = new Parse(settings).parseString(text).iterator();
    }

    /** The document's root, or empty when the file can't be read; then the findings say why. */
    static Optional<YamlNode> read(String file, String text, Findings findings) {
        return reading(file, text, findings, YamlTree::document);
    }

    /** The roots of all documents of a file; none when the file can't be read. */
    static List<YamlNode> readAll(String file, String text, Findings findings) {
        return reading(file, text, findings, YamlTree::documents).orElse(List.of());
    }

    private static <T> Optional<T> reading(
            String file, String text, Findings findings, Function<YamlTree, Optional<T>> read) {
        String body = SourceText.accept(file, text, findings);
        if (body == null) {
            return Optional.empty();
        }
        SecretPatterns.report(file, body, findings);
        try {
            return read.apply(new YamlTree(file, body, findings));
        } catch (Refusal reported) {
            return Optional.empty();
        } catch (MarkedYamlEngineException e) {
            SyntaxAdvice.report(file, body, e, findings);
        } catch (YamlEngineException e) {
            findings.error("yaml-syntax", Location.of(file), "this is not YAML: " + e.getMessage(), "");
        }
        return Optional.empty();
    }

    private Optional<List<YamlNode>> documents() {
        events.next(); // stream start
        List<YamlNode> roots = new ArrayList<>();
        while (events.next().getEventId() == Event.ID.DocumentStart) {
            anchors.clear();
            YamlNode root = node(events.next());
            if (!(root instanceof Scalar scalar) || scalar.kind() != YamlNode.Kind.NOTHING) {
                roots.add(root);
            }
            events.next(); // document end
        }
        if (roots.isEmpty()) {
            throw empty();
        }
        return Optional.of(roots);
    }

    private Optional<YamlNode> document() {
        events.next(); // stream start
        Event first = events.next();
        if (first.getEventId() == Event.ID.StreamEnd) {
            throw empty();
        }
        YamlNode root = node(events.next());
        if (root instanceof Scalar scalar && scalar.kind() == YamlNode.Kind.NOTHING) {
            throw empty();
        }
        events.next(); // document end
        Event next = events.next();
        if (next.getEventId() == Event.ID.DocumentStart) {
            findings.error(
                    "several-documents",
                    where(next),
                    "a second YAML document begins here",
                    "one file holds one document: remove the '---' line, or move what follows to a file of its own");
        }
        return Optional.of(root);
    }

    private Refusal empty() {
        return refuse("empty-file", Location.of(file), "the file is empty", "write it or remove it");
    }

    private YamlNode node(Event event) {
        if (event instanceof AliasEvent alias) {
            return unfold(alias);
        }
        if (event instanceof ScalarEvent scalar) {
            count(1, scalar);
            return anchored(scalar, ScalarKind.resolve(scalar, where(scalar), findings));
        }
        CollectionStartEvent start = (CollectionStartEvent) event;
        ScalarKind.refuseTag(start.getTag(), where(start), findings);
        if (++depth > MAX_DEPTH) {
            throw refuse(
                    "too-deep", where(event), "this is nested more than " + MAX_DEPTH + " levels deep", "flatten it");
        }
        count(1, event);
        YamlNode built = event.getEventId() == Event.ID.MappingStart ? mapping(start) : sequence(start);
        depth--;
        return anchored(start, built);
    }

    private Sequence sequence(Event start) {
        List<YamlNode> items = new ArrayList<>();
        int before = nodes;
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            items.add(node(event));
        }
        return new Sequence(where(start), items, nodes - before + 1);
    }

    private Mapping mapping(Event start) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        List<Entry> merged = new ArrayList<>();
        int before = nodes;
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            Optional<String> key = key(event, start);
            YamlNode value = node(events.next());
            if (key.isEmpty()) {
                continue;
            }
            Entry entry = new Entry(where(event), key.get(), value);
            if (key.get().equals(MERGE_KEY)) {
                merged.addAll(mergedEntries(entry));
                continue;
            }
            Entry earlier = entries.putIfAbsent(key.get(), entry);
            if (earlier != null) {
                findings.error(
                        "duplicate-key",
                        entry.where(),
                        "'" + key.get() + "' is given twice; the first is in line "
                                + earlier.where().line(),
                        "keep one of the two");
            }
        }
        merged.forEach(entry -> entries.putIfAbsent(entry.key(), entry));
        return new Mapping(where(start), List.copyOf(entries.values()), nodes - before + 1);
    }

    private Optional<String> key(Event event, Event mapping) {
        if (event instanceof ScalarEvent scalar) {
            count(1, scalar);
            ScalarKind.refuseTag(scalar.getTag(), where(scalar), findings);
            anchored(scalar, new Scalar(where(scalar), scalar.getValue(), YamlNode.Kind.TEXT, scalar.isPlain()));
            return Optional.of(scalar.getValue());
        }
        findings.error(
                "odd-key",
                where(mapping),
                "a key must be a plain word",
                "text that begins with '{', '[', '*' or '&' needs quotes; templates such as {{ name }} are not filled in");
        node(event);
        return Optional.empty();
    }

    /** YAML 1.1's merge key: the mapping's own keys win over merged ones, earlier merged ones over later ones. */
    private List<Entry> mergedEntries(Entry entry) {
        List<YamlNode> sources = entry.value() instanceof Sequence list ? list.items() : List.of(entry.value());
        List<Entry> merged = new ArrayList<>();
        for (YamlNode source : sources) {
            if (source instanceof Mapping mapping) {
                merged.addAll(mapping.entries());
            } else {
                findings.error(
                        "bad-merge",
                        entry.where(),
                        "'<<' merges something that is not a mapping",
                        "let it name an anchor on a mapping, such as <<: *common, or write the keys out");
            }
        }
        return merged;
    }

    private YamlNode unfold(AliasEvent alias) {
        YamlNode target = anchors.get(alias.getAlias());
        if (target == null) {
            throw refuse(
                    "unknown-alias",
                    where(alias),
                    "'*" + alias.getAlias() + "' refers to no anchor above it",
                    "define it first with &" + alias.getAlias() + ", or quote the text if a '*' is meant");
        }
        count(target.size(), alias);
        return target;
    }

    private YamlNode anchored(NodeEvent event, YamlNode node) {
        event.getAnchor().ifPresent(anchor -> anchors.put(anchor, node));
        return node;
    }

    private void count(int more, Event event) {
        nodes += more;
        if (nodes > MAX_NODES) {
            throw refuse(
                    "too-many-values",
                    where(event),
                    "the file has more than " + MAX_NODES + " values once its aliases are unfolded",
                    "remove the aliases (*name) that multiply each other");
        }
    }

    private Location where(Event event) {
        Mark mark = event.getStartMark().orElseThrow();
        return new Location(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private Refusal refuse(String rule, Location where, String what, String fix) {
        findings.error(rule, where, what, fix);
        return new Refusal(what);
    }

    /** Ends the reading of the file, of which the rest can't be understood; it was reported. */
    private static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refusal(String what) {
            super(what, null, false, false);
        }
    }
}
