package io.imaas.adapter.argocd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imaas.model.kubernetes.Manifests;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * Who says how many pods of a Deployment run: Git, or an autoscaler where the Deployment carries
 * {@link Manifests#AUTOSCALED}. Argo CD leaves the number alone as long as the live Deployment carries it. When Git has just
 * stopped naming a number the live one does not yet, and Argo CD would take the number away, which makes it 1: so for a
 * while every number is left alone. That ends by itself, whatever becomes of the change.
 */
final class PodNumbers {
    private static final String DIFFERENCES = "ignoreDifferences";
    private static final String OPTIONS = "syncOptions";
    private static final String RESPECTED = "RespectIgnoreDifferences=true";
    private static final ObjectNode AUTOSCALED =
            difference("select(.metadata.annotations[\"" + Manifests.AUTOSCALED + "\"] != null) | .spec.replicas");
    /** Argo CD may be away when the manifests land. */
    private static final Duration HAND_OVER = Duration.ofHours(1);

    private static final Pattern HANDED_OVER = Pattern.compile("select\\(now < \\d+\\) \\| \\.spec\\.replicas");

    private PodNumbers() {}

    /** @param spec of an Application, with a policy for syncs */
    static void ofGitOrAutoscaler(ObjectNode spec) {
        add(spec.withArray(DIFFERENCES), AUTOSCALED);
        add(spec.withObject("/syncPolicy").withArray(OPTIONS), spec.textNode(RESPECTED));
    }

    /**
     * Before manifests land in which the one or the other begins to decide.
     *
     * @return whether the Application's specification is another one now
     */
    static boolean handOver(ObjectNode spec, boolean autoscaled, Instant now) {
        JsonNode before = spec.deepCopy();
        ofGitOrAutoscaler(spec);
        ArrayNode differences = spec.withArray(DIFFERENCES);
        differences.removeIf(item ->
                HANDED_OVER.matcher(item.at("/jqPathExpressions/0").asText()).matches());
        if (autoscaled) {
            long until = now.plus(HAND_OVER).getEpochSecond();
            add(differences, difference("select(now < " + until + ") | .spec.replicas"));
        }
        return !spec.equals(before);
    }

    /** Adds to what people or a former run put there. Returns whether anything was missing. */
    static boolean merge(ObjectNode into, String key, JsonNode wanted) {
        boolean changed = false;
        for (JsonNode item : wanted) {
            changed |= add(into.withArray(key), item);
        }
        return changed;
    }

    /** Whether a key's values stand beside those of others. */
    static boolean isShared(String key) {
        return key.equals(DIFFERENCES) || key.equals(OPTIONS);
    }

    private static boolean add(ArrayNode array, JsonNode item) {
        for (JsonNode there : array) {
            if (there.equals(item)) {
                return false;
            }
        }
        array.add(item.deepCopy());
        return true;
    }

    private static ObjectNode difference(String path) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("group", "apps")
                .put("kind", "Deployment")
                .putArray("jqPathExpressions")
                .add(path);
        return node;
    }
}
