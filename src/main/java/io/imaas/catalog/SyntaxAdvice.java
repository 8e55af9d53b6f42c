package io.imaas.catalog;

import io.imaas.model.failure.Location;
import io.imaas.model.source.ConflictMarkers;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Says what a parser's complaint most likely means to the person who wrote the line. */
final class SyntaxAdvice {
    private static final List<Advice> KNOWN = List.of(
            new Advice("'\\t(tab)'", "a tab stands where only spaces may", "indent with spaces"),
            new Advice(
                    "'@' that cannot start",
                    "text that begins with '@' needs quotes",
                    "write it as \"@org/team\"; if it is, a quote above it was never closed"),
            new Advice("'`' that cannot start", "text that begins with a backtick needs quotes", "put it in quotes"),
            new Advice("'%' that cannot start", "text that begins with '%' needs quotes", "put it in quotes"),
            new Advice(
                    "mapping values are not allowed here",
                    "a ':' stands where no key may be",
                    "indent the line like its neighbours; quote text that holds ': '"),
            new Advice(
                    "could not find expected ':'",
                    "this line has no ':' after its key",
                    "write 'key: value', and indent text that goes on in a second line"),
            new Advice(
                    "but found '<block mapping start>'",
                    "this line is indented deeper than its neighbours",
                    "give the keys of one block the same indentation"),
            new Advice(
                    "expected <block end>, but found",
                    "this line does not fit the block it stands in",
                    "check its indentation, and whether a quote or bracket above it was never closed; list items begin with '- '"),
            new Advice(
                    "found unexpected end of stream",
                    "a quote is opened and never closed",
                    "close it, with the kind of quote it began with"),
            new Advice(
                    "but found '<stream end>'",
                    "a list [..] or map {..} is opened and never closed",
                    "close the bracket"),
            new Advice(
                    "expected ',' or",
                    "a list [..] or map {..} is not closed, or a comma is missing",
                    "separate with ', ' and close the bracket"),
            new Advice(
                    "found duplicate anchor", "the same anchor is defined twice", "give the second a name of its own"),
            new Advice(
                    "found unknown escape character",
                    "an unknown escape with '\\' in a text with double quotes",
                    "use single quotes, in which a backslash is just a backslash"),
            new Advice(
                    "sequence entries are not allowed here",
                    "a '- ' stands where no list may begin",
                    "put the list on its own lines below the key"));

    private SyntaxAdvice() {}

    static void report(String file, String text, MarkedYamlEngineException e, Findings findings) {
        Optional<Integer> conflict = ConflictMarkers.in(text);
        if (conflict.isPresent()) {
            Location marker =
                    new Location(file, lines(text.substring(0, conflict.get())) + (conflict.get() == 0 ? 0 : 1), 1);
            findings.error("merge-conflict", marker, ConflictMarkers.WHAT, ConflictMarkers.FIX);
            return;
        }
        String problem = String.valueOf(e.getProblem());
        String context = e.getContext() == null ? "" : e.getContext();
        Mark mark = e.getProblemMark().or(e::getContextMark).orElse(null);
        // An open quote or bracket is complained about at the end of the file; the place to fix is where it was opened.
        if (e.getContextMark().isPresent() && (problem.contains("end of stream") || problem.contains("<stream end>"))) {
            mark = e.getContextMark().get();
        }
        Location where = mark == null
                ? Location.of(file)
                : new Location(file, Math.min(mark.getLine() + 1, lines(text)), mark.getColumn() + 1);
        String said = (context + " " + problem).toLowerCase(Locale.ROOT);
        Advice advice = KNOWN.stream()
                .filter(known -> said.contains(known.marker()))
                .findFirst()
                .orElse(new Advice("", "this is not YAML: " + problem, "check the indentation and the quotes here"));
        findings.error("yaml-syntax", where, advice.what(), advice.fix());
    }

    private static int lines(String text) {
        return Math.max(1, (int) text.lines().count());
    }

    private record Advice(String marker, String what, String fix) {}
}
