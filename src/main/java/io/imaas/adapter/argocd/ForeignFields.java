package io.imaas.adapter.argocd;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Who else sets fields of an object's specification that Argo CD applied, by the server's own books
 * ({@code metadata.managedFields}, kubernetes.io, "Server-Side Apply").
 */
final class ForeignFields {
    /** Argo CD applies as {@code argocd-controller}. */
    private static final String ARGO_CD = "argocd";

    /** A whole specification of somebody else's is not listed. */
    private static final int FIELDS = 3;

    private ForeignFields() {}

    /** One line for each who wrote after Argo CD did; what an autoscaler or controller writes by a subresource is theirs. */
    static List<String> of(JsonNode object) {
        String applied = "";
        for (JsonNode entry : object.at("/metadata/managedFields")) {
            if (entry.path("manager").asText().startsWith(ARGO_CD)) {
                applied = max(applied, entry.path("time").asText());
            }
        }
        List<String> lines = new ArrayList<>();
        for (JsonNode entry : object.at("/metadata/managedFields")) {
            String manager = entry.path("manager").asText();
            String time = entry.path("time").asText();
            List<String> fields = new ArrayList<>();
            collect(entry.at("/fieldsV1/f:spec"), "spec", fields);
            if (!applied.isEmpty()
                    && !manager.startsWith(ARGO_CD)
                    && entry.path("subresource").asText().isEmpty()
                    && time.compareTo(applied) >= 0
                    && !fields.isEmpty()) {
                lines.add(object.path("kind").asText() + " "
                        + object.at("/metadata/name").asText() + " was changed by " + manager + " at " + time + ": "
                        + String.join(", ", fields.subList(0, Math.min(FIELDS, fields.size()))));
            }
        }
        return lines;
    }

    /** RFC 3339 in UTC, so that text sorts as time does. */
    private static String max(String one, String other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    private static void collect(JsonNode fields, String path, List<String> found) {
        int before = found.size();
        for (Map.Entry<String, JsonNode> field : fields.properties()) {
            String name = field.getKey();
            if (!name.equals(".")) {
                collect(field.getValue(), path + (name.startsWith("f:") ? "." + name.substring(2) : "[]"), found);
            }
        }
        if (found.size() == before && !fields.isMissingNode()) {
            found.add(path);
        }
    }
}
