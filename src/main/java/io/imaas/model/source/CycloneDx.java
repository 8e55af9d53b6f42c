package io.imaas.model.source;

import io.imaas.model.image.ImageRef;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Bills of materials as CycloneDX 1.6 (ECMA-424), as JSON in Java's own types. They hold no random number, and that of a CAR no
 * time: the same CAR has the same bill. Written by hand, because CycloneDX' own library brings 2.7 MB and another major version of the schema
 * validator for these few fields; the tests hold it to the official schema.
 */
public final class CycloneDx {
    private static final String CAR = "car";
    private static final String IMAGE = "image";
    private static final String BASE = "base";

    /** How many packages of a base image are listed; an image of a whole distribution has a tenth of it. */
    private static final int MOST_PACKAGES = 5000;

    /** By these a scanner knows a package, and by its type. */
    private static final List<String> KNOWN_BY = List.of("group", "name", "version", "purl", "cpe");

    private static final int LONGEST = 500;

    private CycloneDx() {}

    /** The kind of the statement that is attached to an image. */
    public static final String TYPE = "https://cyclonedx.org/bom";

    /**
     * Of a CAR alone.
     *
     * @param toolVersion of this program
     */
    public static Map<String, Object> of(CarFile car, List<CarPart> parts, String toolVersion) {
        return bom(car.sha256(), metadata(car(car), toolVersion), List.of(), CAR, parts, List.of());
    }

    /**
     * Of an image: its base, the CAR and what it is made of, and what lies beside it.
     *
     * @param image by digest
     * @param version of the MI project
     * @param base the image under it by digest, or empty
     * @param ofBase what the base image's own bill says; empty where it has none
     * @param toolVersion of this program
     * @param at when it was signed, in the one place where CycloneDX has a time
     */
    public static Map<String, Object> of(
            ImageRef image,
            String version,
            String base,
            Map<String, Object> ofBase,
            ImageContents contents,
            String toolVersion,
            Instant at) {
        String name = image.repository().toString();
        Map<String, Object> subject = fields("type", "container", "bom-ref", IMAGE, "name", name, "version", version);
        subject.put("hashes", hashes(image.digest().hex()));
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("timestamp", at.truncatedTo(ChronoUnit.SECONDS).toString());
        metadata.putAll(metadata(subject, toolVersion));
        List<Map<String, Object>> first = new ArrayList<>(List.of(car(contents.car())));
        if (!base.isEmpty()) {
            first.add(fields("type", "container", "bom-ref", BASE, "name", base));
        }
        List<CarPart> parts = new ArrayList<>(contents.parts());
        parts.addAll(contents.others());
        List<Map<String, Object>> packages = new ArrayList<>();
        addPackages(ofBase, packages);
        return bom(image.digest().hex(), metadata, first, IMAGE, parts, packages);
    }

    /** Of a bill that others wrote: what scanners read, and nothing that could make this one invalid. */
    private static void addPackages(Map<?, ?> bill, List<Map<String, Object>> into) {
        List<?> components = bill.get("components") instanceof List<?> list ? list : List.of();
        for (Object one : components) {
            if (one instanceof Map<?, ?> component && into.size() < MOST_PACKAGES) {
                if (component.get("name") instanceof String name && name.length() <= LONGEST) {
                    String type = "operating-system".equals(component.get("type")) ? "operating-system" : "library";
                    Map<String, Object> known = fields("type", type, "bom-ref", BASE + "/" + (into.size() + 1));
                    for (String key : KNOWN_BY) {
                        if (component.get(key) instanceof String text && text.length() <= LONGEST) {
                            known.put(key, text);
                        }
                    }
                    into.add(known);
                }
                addPackages(component, into);
            }
        }
    }

    private static Map<String, Object> bom(
            String seed,
            Map<String, Object> metadata,
            List<Map<String, Object>> first,
            String subject,
            List<CarPart> parts,
            List<Map<String, Object>> packages) {
        Map<String, Object> bom = new LinkedHashMap<>();
        bom.put("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json");
        bom.put("bomFormat", "CycloneDX");
        bom.put("specVersion", "1.6");
        bom.put("serialNumber", "urn:uuid:" + UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)));
        bom.put("version", 1);
        bom.put("metadata", metadata);
        Map<String, Map<String, Object>> components = new LinkedHashMap<>();
        first.forEach(one -> components.put((String) one.get("bom-ref"), one));
        List<Map<String, Object>> dependencies = new ArrayList<>();
        Set<String> direct = new LinkedHashSet<>(components.keySet());
        for (CarPart part : parts) {
            direct.add(part.path());
            components.put(part.path(), component(part));
            part.libraries().forEach(library -> components.put(library.path(), component(library)));
            if (!part.libraries().isEmpty()) {
                dependencies.add(dependency(
                        part.path(),
                        part.libraries().stream().map(CarPart::path).distinct().toList()));
            }
        }
        packages.forEach(one -> components.put((String) one.get("bom-ref"), one));
        if (!packages.isEmpty()) {
            dependencies.add(dependency(
                    BASE,
                    packages.stream().map(one -> (String) one.get("bom-ref")).toList()));
        }
        dependencies.add(0, dependency(subject, List.copyOf(direct)));
        bom.put("components", List.copyOf(components.values()));
        bom.put("dependencies", dependencies);
        return bom;
    }

    private static Map<String, Object> car(CarFile car) {
        Map<String, Object> component =
                fields("type", "application", "bom-ref", CAR, "name", car.name(), "version", car.version());
        component.put("hashes", hashes(car.sha256()));
        return component;
    }

    private static Map<String, Object> metadata(Map<String, Object> subject, String toolVersion) {
        Map<String, Object> tool = fields("type", "application", "name", "imaas-orchestrator", "version", toolVersion);
        return fields("tools", Map.of("components", List.of(tool)), "component", subject);
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
        return fields("name", name, "value", value);
    }

    private static List<Map<String, Object>> hashes(String sha256) {
        return List.of(fields("alg", "SHA-256", "content", sha256));
    }

    private static Map<String, Object> dependency(String from, List<String> on) {
        return fields("ref", from, "dependsOn", on);
    }

    /** Keys and values by turns, in this order. */
    private static Map<String, Object> fields(Object... keysAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            fields.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return fields;
    }

    /** Percent-encoded as the package-url specification wants it. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
