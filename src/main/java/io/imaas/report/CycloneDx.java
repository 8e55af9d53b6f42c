package io.imaas.report;

import io.imaas.model.source.CarFile;
import io.imaas.model.source.CarPart;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The bill of materials of a CAR as CycloneDX 1.6 JSON (ECMA-424). It holds no time and no random number: the same CAR
 * has the same bill. Written by hand, because CycloneDX' own library brings 2.7 MB and another major version of the schema
 * validator for these few fields; the tests hold it to the official schema.
 */
public final class CycloneDx {
    private static final String CAR = "car";

    private CycloneDx() {}

    /** @param toolVersion of this program */
    public static String of(CarFile car, List<CarPart> parts, String toolVersion) {
        Map<String, Object> bom = new LinkedHashMap<>();
        bom.put("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json");
        bom.put("bomFormat", "CycloneDX");
        bom.put("specVersion", "1.6");
        bom.put(
                "serialNumber",
                "urn:uuid:" + UUID.nameUUIDFromBytes(car.sha256().getBytes(StandardCharsets.UTF_8)));
        bom.put("version", 1);
        bom.put("metadata", metadata(car, toolVersion));
        Map<String, Map<String, Object>> components = new LinkedHashMap<>();
        List<Map<String, Object>> dependencies = new ArrayList<>();
        Set<String> direct = new LinkedHashSet<>();
        for (CarPart part : parts) {
            direct.add(part.path());
            components.put(part.path(), component(part));
            part.libraries().forEach(library -> components.put(library.path(), component(library)));
            if (!part.libraries().isEmpty()) {
                dependencies.add(dependency(
                        part.path(),
                        part.libraries().stream().map(CarPart::path).toList()));
            }
        }
        dependencies.add(0, dependency(CAR, List.copyOf(direct)));
        bom.put("components", List.copyOf(components.values()));
        bom.put("dependencies", dependencies);
        return Json.pretty(bom) + "\n";
    }

    private static Map<String, Object> metadata(CarFile car, String toolVersion) {
        Map<String, Object> tool = new LinkedHashMap<>();
        tool.put("type", "application");
        tool.put("name", "imaas-orchestrator");
        tool.put("version", toolVersion);
        Map<String, Object> subject = new LinkedHashMap<>();
        subject.put("type", "application");
        subject.put("bom-ref", CAR);
        subject.put("name", car.name());
        subject.put("version", car.version());
        subject.put("hashes", hashes(car.sha256()));
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("tools", Map.of("components", List.of(tool)));
        metadata.put("component", subject);
        return metadata;
    }

    private static Map<String, Object> component(CarPart part) {
        boolean jar = part.type().equals(CarPart.JAR);
        Map<String, Object> component = new LinkedHashMap<>();
        component.put("type", jar || !part.libraries().isEmpty() ? "library" : "file");
        component.put("bom-ref", part.path());
        if (!part.group().isEmpty()) {
            component.put("group", part.group());
        }
        component.put("name", part.name());
        if (!part.version().isEmpty()) {
            component.put("version", part.version());
        }
        component.put("hashes", hashes(part.sha256()));
        if (jar && !part.group().isEmpty() && !part.version().isEmpty()) {
            component.put(
                    "purl",
                    "pkg:maven/" + encoded(part.group()) + "/" + encoded(part.name()) + "@" + encoded(part.version()));
        }
        component.put(
                "properties",
                List.of(property("imaas:car:path", part.path()), property("imaas:car:type", part.type())));
        return component;
    }

    private static Map<String, Object> property(String name, String value) {
        Map<String, Object> property = new LinkedHashMap<>();
        property.put("name", name);
        property.put("value", value);
        return property;
    }

    private static List<Map<String, Object>> hashes(String sha256) {
        Map<String, Object> hash = new LinkedHashMap<>();
        hash.put("alg", "SHA-256");
        hash.put("content", sha256);
        return List.of(hash);
    }

    private static Map<String, Object> dependency(String from, List<String> on) {
        Map<String, Object> dependency = new LinkedHashMap<>();
        dependency.put("ref", from);
        dependency.put("dependsOn", on);
        return dependency;
    }

    /** Percent-encoded as the package-url specification wants it. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
