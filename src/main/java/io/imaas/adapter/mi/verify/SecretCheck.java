package io.imaas.adapter.mi.verify;

import io.imaas.adapter.xml.XmlElement;
import io.imaas.adapter.xml.XmlElement.XmlAttribute;
import io.imaas.model.failure.Location;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Secrets in plain text in artifacts and configuration. A finding says where one is, never what it is. */
record SecretCheck(ProjectSources sources) {
    private static final String TOML = "deployment/deployment.toml";
    private static final Pattern LINE = Pattern.compile("\\s*+([\\w.\"-]++)\\s*+[:=]\\s*+(.*)");
    /** The password of the key stores that come with every runtime: no secret. */
    private static final List<String> PUBLIC_DEFAULTS = List.of("wso2carbon");

    private static final Set<String> VALUES = Set.of("value", "defaultValue", "default");
    private static final String FIX = "keep it in a Kubernetes secret and declare a configuration key for it";

    void run() {
        for (SourceArtifact artifact : sources.artifacts()) {
            sources.elements(artifact).forEach(visited -> element(visited.element(), visited.isPayload()));
        }
        lines(ProjectSources.CONFIG);
        lines(TOML);
    }

    /** @param payload whether names mean what their author likes: then only values tell */
    private void element(XmlElement element, boolean payload) {
        // <property name="password" value="…"/>, <parameter name="store.jms.password">…</parameter>
        String named = element.attribute("name");
        for (XmlAttribute attribute : element.attributes()) {
            boolean valueOfNamed = VALUES.contains(attribute.name()) && !named.isEmpty();
            String name = valueOfNamed ? named : attribute.name();
            boolean literal =
                    !attribute.name().equals("name") && !attribute.name().equals("expression");
            told(
                    name,
                    literal && !payload ? attribute.value() : "",
                    attribute.value(),
                    () -> element.locationOf(attribute.name()));
        }
        if (element.children().isEmpty()) {
            boolean carrier = !named.isEmpty() && !element.has("value") && !element.has("expression");
            String text = element.text();
            told(carrier ? named : element.name(), payload ? "" : text, text, element::location);
        }
    }

    private void told(String name, String literal, String value, Supplier<Location> where) {
        if (SecretPatterns.isSecret(name, literal)) {
            sources.warning("plain-secret", where.get(), "'" + name + "' looks like a secret in plain text", FIX);
        } else {
            SecretPatterns.inValue(value)
                    .ifPresent(what -> sources.warning("plain-secret", where.get(), what + " in plain text", FIX));
        }
    }

    /** {@code name = value} and {@code name:value}. */
    private void lines(String file) {
        if (!sources.tree().has(file)) {
            return;
        }
        int number = 0;
        for (String line : new String(sources.tree().read(file), StandardCharsets.UTF_8)
                .lines()
                .toList()) {
            number++;
            Matcher matcher = LINE.matcher(line);
            if (!line.strip().startsWith("#") && matcher.matches()) {
                String value = matcher.group(2).strip().replaceFirst("^\"(.*)\"(\\s*#.*)?$", "$1");
                if (!PUBLIC_DEFAULTS.contains(value)) {
                    Location place = new Location(file, number, 1);
                    told(matcher.group(1), value, value, () -> place);
                }
            }
        }
    }
}
