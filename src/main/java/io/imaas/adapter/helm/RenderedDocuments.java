package io.imaas.adapter.helm;

import io.imaas.model.failure.FailureException;
import io.imaas.model.kubernetes.Manifest;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Helm's output as manifests, in Helm's order (its installation order of kinds). What is kept is not Helm's text but what
 * we read in it: whoever reads that text otherwise than we do never sees it.
 */
final class RenderedDocuments {
    /**
     * Kubernetes' own kinds that live in no namespace (kubernetes.io, "API concepts"). A chart that leaves the namespace
     * out means the release's, except for these.
     */
    private static final Set<String> CLUSTER_SCOPED = Set.of(
            "Namespace",
            "Node",
            "PersistentVolume",
            "StorageClass",
            "IngressClass",
            "PriorityClass",
            "RuntimeClass",
            "ClusterRole",
            "ClusterRoleBinding",
            "CustomResourceDefinition",
            "APIService",
            "MutatingWebhookConfiguration",
            "ValidatingWebhookConfiguration",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding");

    /** YAML forbids this line inside of any scalar of a document, so text can be split there. */
    private static final Pattern SEPARATOR = Pattern.compile("(?m)^---([ \\t].*)?$");

    /** Line breaks to YAML 1.1 that are none to 1.2, marks in the middle of a text, and control characters. */
    private static final Pattern DISPUTED =
            Pattern.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ufeff]");

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setLabel("rendered")
            .setSchema(new GoSchema())
            .build();

    /** Go's JSON writes larger numbers with an exponent. */
    private static final double LARGEST_WRITTEN_OUT = 1e21;

    private RenderedDocuments() {}

    static List<Manifest> split(String rendered, String namespace) {
        List<Manifest> manifests = new ArrayList<>();
        for (String document : SEPARATOR.split(rendered)) {
            Object content = parse(document);
            if (content != null) {
                manifests.add(manifest(content, document, namespace));
            }
        }
        return manifests;
    }

    private static Object parse(String document) {
        Matcher disputed = DISPUTED.matcher(document);
        if (disputed.find()) {
            throw FailureException.input(
                    "the chart renders to the character U+%04X, which ends a line for some readers of YAML and not for others"
                            .formatted((int) document.charAt(disputed.start())),
                    source(document),
                    "take it out of the values, or have the chart escape it");
        }
        try {
            DisputedFlow.in(document).ifPresent(text -> {
                throw FailureException.input(
                        "the chart renders to '" + text
                                + "' between brackets, which readers of YAML take for two things",
                        source(document),
                        "put the text into quotes, and a space behind the colon of a key");
            });
            return plain(new Load(SETTINGS).loadFromString(document), document);
        } catch (YamlEngineException e) {
            throw FailureException.input(
                    "the chart renders to something that is not YAML: " + e.getMessage(),
                    source(document),
                    "look at what the values put there, quoting and indentation first");
        } catch (StackOverflowError e) {
            throw FailureException.input(
                    "the chart renders to something that is nested too deeply", source(document), "flatten the values");
        }
    }

    private static Manifest manifest(Object content, String document, String namespace) {
        if (content instanceof Map<?, ?> object
                && object.get("apiVersion") instanceof String apiVersion
                && object.get("kind") instanceof String kind
                && object.get("metadata") instanceof Map<?, ?> metadata
                && metadata.get("name") instanceof String name) {
            String own = metadata.get("namespace") instanceof String given ? given : namespace;
            Map<String, Object> fields = new LinkedHashMap<>();
            object.forEach((key, value) -> fields.put(String.valueOf(key), value));
            return new Manifest(
                    apiVersion, kind, CLUSTER_SCOPED.contains(kind) ? "" : own, name, PlainYaml.of(fields), fields);
        }
        throw FailureException.input(
                "the chart renders to something that is not a Kubernetes object",
                source(document),
                "every document needs apiVersion, kind and metadata.name");
    }

    /**
     * As in the JSON that the API server gets: texts for keys, whole numbers without a fraction, and nothing that JSON has
     * not, which two readers may make two things of.
     */
    private static Object plain(Object value, String document) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> fields = new LinkedHashMap<>();
            map.forEach((key, below) -> {
                if (!(key instanceof String name)) {
                    throw FailureException.input(
                            "the chart renders to a key that is not text: " + key, source(document), "quote it");
                }
                fields.put((String) plain(name, document), plain(below, document));
            });
            return fields;
        }
        if (value instanceof List<?> list) {
            List<Object> items = new ArrayList<>();
            list.forEach(item -> items.add(plain(item, document)));
            return items;
        }
        if (value instanceof Double number && Double.isFinite(number)) {
            boolean whole = number == Math.rint(number) && Math.abs(number) < LARGEST_WRITTEN_OUT;
            return whole ? GoSchema.shortest(new BigDecimal(number).toBigIntegerExact()) : number;
        }
        if (value instanceof String text) {
            if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
                // Half a character: a writer of YAML takes the next one for its other half, and Go reads none.
                throw FailureException.input(
                        "the chart renders to a text that is not Unicode: " + text.replaceAll("[^ -~]", "?"),
                        source(document),
                        "write the character itself, or \\U and eight digits");
            }
            return text;
        }
        if (value == null
                || value instanceof Boolean
                || value instanceof Integer
                || value instanceof Long
                || value instanceof BigInteger) {
            return value;
        }
        throw FailureException.input(
                "the chart renders to a value that JSON does not have: "
                        + (value instanceof Double ? value : "one with a tag such as !!binary or !!set"),
                source(document),
                "write it as a text, a number, true or false");
    }

    /** Helm's own remark on which template a document is from. */
    private static String source(String document) {
        return document.lines()
                .filter(line -> line.startsWith("# Source: "))
                .map(line -> line.substring("# Source: ".length()))
                .findFirst()
                .orElse("");
    }
}
