package io.imaas.catalog;

import io.imaas.catalog.YamlNode.Entry;
import io.imaas.catalog.YamlNode.Kind;
import io.imaas.catalog.YamlNode.Mapping;
import io.imaas.catalog.YamlNode.Scalar;
import io.imaas.catalog.YamlNode.Sequence;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Location;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Typed access to a mapping. What is absent or of the wrong type is empty: the schema has reported it already, and
 * reading goes on with the rest.
 */
record Section(Mapping mapping, Findings findings) {
    static Section of(YamlNode node, Findings findings) {
        return new Section(
                node instanceof Mapping mapping ? mapping : new Mapping(node.where(), List.of(), 1), findings);
    }

    Location where() {
        return mapping.where();
    }

    /** Where the key's value stands, or the section itself when it has no such key. */
    Location at(String key) {
        return node(key).map(YamlNode::where).orElse(where());
    }

    boolean has(String key) {
        return mapping.entry(key).isPresent();
    }

    List<String> keys() {
        return mapping.entries().stream().map(Entry::key).toList();
    }

    Optional<String> text(String key) {
        return scalar(key).filter(s -> s.kind() == Kind.TEXT).map(Scalar::text);
    }

    /** The scalar as written, number or text. */
    Optional<Scalar> scalar(String key) {
        return node(key).filter(Scalar.class::isInstance).map(Scalar.class::cast);
    }

    Optional<Located<Integer>> whole(String key) {
        // JSON Schema takes 3.0 for an integer; whoever writes it means something else.
        scalar(key)
                .filter(s -> s.kind() == Kind.FRACTION)
                .ifPresent(s -> findings.refine(
                        "wrong-type",
                        s.where(),
                        "'" + key + "' must be a whole number, but is " + s.text(),
                        "write it without point and exponent"));
        return scalar(key)
                .filter(s -> s.kind() == Kind.WHOLE && !findings.isWrong(s.where()))
                .map(s -> new Located<>(s.where(), JsonView.whole(s.text()).intValueExact()));
    }

    Optional<Boolean> truth(String key) {
        return scalar(key).filter(s -> s.kind() == Kind.TRUTH).map(s -> s.text().equalsIgnoreCase("true"));
    }

    Section section(String key) {
        return of(node(key).orElse(new Mapping(where(), List.of(), 1)), findings);
    }

    List<Section> sections(String key) {
        return items(key)
                .filter(Mapping.class::isInstance)
                .map(n -> of(n, findings))
                .toList();
    }

    /** The items of a list of lists of mappings. */
    List<List<Section>> sectionLists(String key) {
        return items(key)
                .filter(Sequence.class::isInstance)
                .map(list -> ((Sequence) list)
                        .items().stream()
                                .filter(Mapping.class::isInstance)
                                .map(n -> of(n, findings))
                                .toList())
                .toList();
    }

    /** A text; empty where there is none. */
    String word(String key) {
        return text(key).orElse("");
    }

    int whole(String key, int otherwise) {
        return whole(key).map(Located::value).orElse(otherwise);
    }

    /** False also where nothing is said. */
    boolean isTrue(String key) {
        return truth(key).orElse(false);
    }

    /** One of an enum's words, in lower case with hyphens; what is none of them has been reported. */
    <E extends Enum<E>> E choice(String key, E otherwise) {
        return text(key)
                .flatMap(word -> choice(otherwise.getDeclaringClass(), word))
                .orElse(otherwise);
    }

    <E extends Enum<E>> Set<E> choices(String key, Class<E> type) {
        return list(key, "unknown-word", word -> choice(type, word)).stream()
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
    }

    static <E extends Enum<E>> Optional<E> choice(Class<E> type, String word) {
        return Stream.of(type.getEnumConstants())
                .filter(one -> one.name().equals(word.toUpperCase(Locale.ROOT).replace('-', '_')))
                .findFirst();
    }

    /** All its texts by their keys. */
    Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        keys().forEach(key -> text(key).ifPresent(value -> texts.put(key, value)));
        return texts;
    }

    /** The values of a list alone, without their places. */
    <T> List<T> list(String key, String rule, Function<String, T> parse) {
        return values(key, rule, parse).stream().map(Located::value).toList();
    }

    <T> Set<T> set(String key, String rule, Function<String, T> parse) {
        return Set.copyOf(list(key, rule, parse));
    }

    <T> T value(String key, String rule, Function<String, T> parse, T otherwise) {
        return value(key, rule, parse).map(Located::value).orElse(otherwise);
    }

    <T> Optional<Located<T>> value(String key, String rule, Function<String, T> parse) {
        return node(key).flatMap(node -> parse(node, rule, parse));
    }

    <T> List<Located<T>> values(String key, String rule, Function<String, T> parse) {
        return items(key)
                .map(item -> parse(item, rule, parse))
                .flatMap(Optional::stream)
                .toList();
    }

    private <T> Optional<Located<T>> parse(YamlNode node, String rule, Function<String, T> parse) {
        if (!(node instanceof Scalar scalar) || scalar.kind() != Kind.TEXT || findings.isWrong(scalar.where())) {
            return Optional.empty();
        }
        if (ScalarKind.isTruthOf1Point1(scalar)) {
            findings.warning(
                    "truth-word",
                    scalar.where(),
                    "'" + scalar.text() + "' is text here, but older YAML tools read it as true or false",
                    "put it in quotes");
        }
        try {
            return Optional.of(new Located<>(scalar.where(), parse.apply(scalar.text())));
        } catch (FailureException e) {
            findings.refine(
                    rule, scalar.where(), e.failure().what(), e.failure().suggestion());
            return Optional.empty();
        }
    }

    /** A mapping as plain values; empty where it is none. */
    Map<String, Object> plain(String key) {
        return node(key).map(JsonView::plain).orElse(Map.of());
    }

    private Optional<YamlNode> node(String key) {
        return mapping.entry(key).map(Entry::value);
    }

    private Stream<YamlNode> items(String key) {
        return node(key).filter(Sequence.class::isInstance).stream()
                .flatMap(list -> ((Sequence) list).items().stream());
    }
}
