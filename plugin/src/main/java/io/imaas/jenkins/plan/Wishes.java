package io.imaas.jenkins.plan;

import io.imaas.app.BuildOptionsReader;
import io.imaas.app.RequestReader;
import io.imaas.model.request.BuildOptions;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a Jenkinsfile says to a step that plans: texts by name, checked by whoever uses them. */
public final class Wishes implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Where a build runs is the library's business, not the plan's. */
    public static final List<String> OF_THE_LIBRARY = List.of("label", "pod");

    private final TreeMap<String, String> texts;

    private Wishes(TreeMap<String, String> texts) {
        this.texts = texts;
    }

    /** Lists become texts with commas; what is empty is left out. */
    public static Wishes of(Map<String, ?> said) {
        TreeMap<String, String> texts = new TreeMap<>();
        said.forEach((key, value) -> {
            String text = text(value);
            if (!text.isBlank() && !OF_THE_LIBRARY.contains(key)) {
                texts.put(key, text.strip());
            }
        });
        return new Wishes(texts);
    }

    /** A value of a Jenkinsfile as text; nothing is empty. */
    public static String text(Object value) {
        return value == null ? "" : value instanceof Iterable<?> many ? joined(many) : String.valueOf(value);
    }

    private static String joined(Iterable<?> many) {
        StringBuilder text = new StringBuilder();
        many.forEach(one -> text.append(text.isEmpty() ? "" : ",").append(one));
        return text.toString();
    }

    /** All that was said, by name. */
    public Map<String, String> texts() {
        return Map.copyOf(texts);
    }

    public String text(String key) {
        return texts.getOrDefault(key, "");
    }

    public boolean yes(String key) {
        return Boolean.parseBoolean(text(key));
    }

    /** @throws io.imaas.model.failure.FailureException INPUT for a wish that nobody knows */
    public BuildOptions forSources() {
        Map<String, String> rest = new LinkedHashMap<>(texts);
        rest.keySet().removeAll(RequestReader.NAMES);
        return BuildOptionsReader.read(rest);
    }
}
