package io.imaas.adapter.mi.verify;

import io.imaas.adapter.mi.source.CarZip;
import io.imaas.model.failure.FailureException;
import io.imaas.model.source.ApiDescription;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads what a CAR says of its APIs, as MI does before it publishes them (ServiceCatalogUtils of wso2/micro-integrator): the
 * folder {@code X_metadata_V} describes what {@code X_swagger_V} defines. A proxy's WSDL is made by the running service alone,
 * so proxies are not described.
 */
final class CarApis {
    private static final Pattern METADATA = Pattern.compile("metadata/(.+)_metadata_([^/]+)/\\1_metadata-\\2\\.yaml");
    private static final Pattern TYPE =
            Pattern.compile("(?m)^[{\\s]*[\"']?(openapi|swagger|asyncapi)[\"']?\\s*:\\s*[\"']?(\\d)");
    private static final List<String> SECURITY = List.of("BASIC", "DIGEST", "OAUTH2", "NONE");

    /** Bytes: the definitions of APIs with some hundred resources have some hundred thousand. */
    private static final int LONGEST = 1 << 20;

    /** The same of what describes one: a parser takes a time that grows with the square of what is nested. */
    private static final int LONGEST_METADATA = 1 << 14;

    private CarApis() {}

    static List<ApiDescription> of(byte[] car, String shown) {
        Map<String, byte[]> entries;
        try {
            entries = new TreeMap<>(CarZip.entries(car));
        } catch (IOException e) {
            throw FailureException.failed("the CAR can't be read: " + e.getMessage(), shown, "build it again");
        }
        List<ApiDescription> apis = new ArrayList<>();
        entries.forEach((path, content) -> {
            Matcher described = METADATA.matcher(path);
            if (described.matches() && content.length <= LONGEST_METADATA) {
                String definition = "metadata/%1$s_swagger_%2$s/%1$s_swagger-%2$s.yaml"
                        .formatted(described.group(1), described.group(2));
                api(fields(text(content)), definition(entries.get(definition))).ifPresent(apis::add);
            }
        });
        return apis;
    }

    private static Optional<ApiDescription> api(Map<String, String> fields, String definition) {
        String name = fields.getOrDefault("name", "");
        String version = fields.getOrDefault("version", "");
        String written = fields.getOrDefault("definitionType", "");
        // A proxy, or something that no catalog takes.
        if (name.isBlank() || version.isBlank() || (definition.isEmpty() && written.startsWith("WSDL"))) {
            return Optional.empty();
        }
        String security = fields.getOrDefault("securityType", "");
        return Optional.of(new ApiDescription(
                name,
                version,
                fields.getOrDefault("description", ""),
                fields.getOrDefault("serviceUrl", ""),
                type(definition),
                SECURITY.contains(security) ? security : "NONE",
                "true".equals(fields.get("mutualSSLEnabled")),
                definition));
    }

    /** Empty for a text that does not say that it is a definition, and for one that is longer than any definition. */
    private static String definition(byte[] content) {
        String text = content == null || content.length > LONGEST ? "" : text(content);
        return TYPE.matcher(text).find() ? text : "";
    }

    private static String type(String definition) {
        Matcher found = TYPE.matcher(definition);
        if (!found.find()) {
            return "";
        }
        return found.group(1).equals("asyncapi") ? "ASYNC_API" : found.group(2).equals("2") ? "OAS2" : "OAS3";
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.UTF_8);
    }

    /** The outermost map's own texts, read event by event: a stranger's file may be nested however deep. */
    private static Map<String, String> fields(String yaml) {
        Map<String, String> fields = new HashMap<>();
        Deque<String> key = new ArrayDeque<>();
        int depth = 0;
        try {
            for (Event event : new Parse(LoadSettings.builder().build()).parseString(yaml)) {
                Event.ID id = event.getEventId();
                boolean ends = id == Event.ID.MappingEnd || id == Event.ID.SequenceEnd;
                boolean begins = id == Event.ID.MappingStart || id == Event.ID.SequenceStart;
                depth += begins ? 1 : ends ? -1 : 0;
                if (depth != 1 || id == Event.ID.MappingStart) {
                    continue;
                }
                if (!key.isEmpty()) {
                    String of = key.pop();
                    if (event instanceof ScalarEvent value) {
                        fields.put(of, value.getValue());
                    }
                } else if (event instanceof ScalarEvent name) {
                    key.push(name.getValue());
                }
            }
        } catch (YamlEngineException e) {
            return Map.of();
        }
        return fields;
    }
}
