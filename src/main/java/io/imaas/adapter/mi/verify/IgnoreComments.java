package io.imaas.adapter.mi.verify;

import io.imaas.adapter.mi.source.Similarity;
import io.imaas.adapter.mi.synapse.Finding;
import io.imaas.adapter.xml.XmlDocument;
import io.imaas.adapter.xml.XmlElement;
import io.imaas.model.failure.Location;
import io.imaas.model.failure.Problem;
import io.imaas.model.source.LintRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code <!-- imaas-ignore rule-id: reason -->} takes back what the rule finds in the element that follows, and before the
 * root element in the whole file. In a file of lines it is {@code # imaas-ignore rule-id: reason}, for the next line.
 */
final class IgnoreComments {
    private static final String WORD = "imaas-ignore";
    private static final Pattern COMMENTED = Pattern.compile("\\.(?:xml|dbs|properties|toml)$");
    private static final Pattern COMMENT =
            Pattern.compile("<!--\\s*imaas-ignore\\b\\s*([\\w-]*)\\s*:?(.*?)-->", Pattern.DOTALL);
    private static final Pattern LINE =
            Pattern.compile("(?m)^\\s*[#!]\\s*imaas-ignore\\b[ \\t]*([\\w-]*)[ \\t]*:?(.*)$");

    private final ProjectSources sources;
    private final Map<String, List<Ignored>> byFile = new HashMap<>();
    private final Set<Ignored> used = new HashSet<>();
    private final List<Problem> bad = new ArrayList<>();

    IgnoreComments(ProjectSources sources) {
        this.sources = sources;
    }

    /** @param until line and column behind it */
    private record Ignored(String rule, Location comment, Location from, Location until) {
        boolean covers(Problem problem) {
            return problem.rule().equals(rule)
                    && (problem.where().line() == 0
                            ? from.line() == 0
                            : from.compareTo(problem.where()) <= 0
                                    && problem.where().compareTo(until) < 0);
        }
    }

    /** What is left of the findings, with those about the comments themselves. */
    List<Finding> of(List<Finding> findings) {
        for (String file : sources.tree().files()) {
            if (COMMENTED.matcher(file).find()) {
                read(file);
            }
        }
        List<Finding> left = new ArrayList<>();
        for (Finding finding : findings) {
            List<Ignored> covering = byFile
                    .getOrDefault(finding.problem().where().file(), List.of())
                    .stream()
                    .filter(one -> one.covers(finding.problem()))
                    .toList();
            used.addAll(covering);
            if (covering.isEmpty()) {
                left.add(finding);
            }
        }
        byFile.values().stream()
                .flatMap(List::stream)
                .filter(one -> !used.contains(one))
                .forEach(one -> bad(
                        one.comment(),
                        "the comment ignores " + one.rule() + ", which finds nothing here",
                        "remove the comment"));
        bad.forEach(problem -> left.add(Finding.of(problem)));
        return left;
    }

    private void read(String file) {
        String text = sources.text(file);
        if (!text.contains(WORD)) {
            return;
        }
        if (file.endsWith(".xml") || file.endsWith(".dbs")) {
            sources.xml(file).ifPresent(this::comments);
        } else {
            XmlDocument lines = new XmlDocument(file, text);
            for (Matcher comment = LINE.matcher(text); comment.find(); ) {
                Location where = lines.location(comment.start(1));
                int next = where.line() + 1;
                add(comment, where, new Location(file, next, 0), new Location(file, next + 1, 0));
            }
        }
    }

    private void comments(XmlDocument document) {
        // In document order, so sorted by where they start.
        List<XmlElement> elements = new ArrayList<>();
        document.root().walk(elements::add);
        for (Matcher comment = COMMENT.matcher(document.text()); comment.find(); ) {
            Location where = document.location(comment.start());
            if (comment.end() <= document.root().start()) {
                add(comment, where, Location.of(document.file()), new Location(document.file(), Integer.MAX_VALUE, 0));
            } else {
                following(elements, comment.end())
                        .ifPresent(
                                element -> add(comment, where, element.location(), document.location(element.end())));
            }
        }
    }

    private static Optional<XmlElement> following(List<XmlElement> elements, int offset) {
        int low = 0;
        int high = elements.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (elements.get(middle).start() < offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < elements.size() ? Optional.of(elements.get(low)) : Optional.empty();
    }

    private void add(Matcher comment, Location where, Location from, Location until) {
        String rule = comment.group(1);
        if (LintRule.of(rule).isEmpty()) {
            bad(
                    where,
                    "there is no rule '" + rule + "'",
                    Similarity.nearest(rule, new TreeSet<>(LintRule.ids()))
                            .map(id -> "did you mean '" + id + "'?")
                            .orElse("write " + WORD + " rule-id: reason"));
        } else if (comment.group(2).isBlank()) {
            bad(where, "the comment gives no reason, so it ignores nothing", "write " + WORD + " " + rule + ": reason");
        } else {
            byFile.computeIfAbsent(where.file(), f -> new ArrayList<>()).add(new Ignored(rule, where, from, until));
        }
    }

    private void bad(Location where, String what, String fix) {
        bad.add(Problem.warning(LintRule.BAD_IGNORE.id(), where, what, fix));
    }
}
