package io.imaas.adapter.mi.maven;

import io.imaas.adapter.mi.build.CarContents;
import io.imaas.adapter.xml.XmlElement;
import io.imaas.adapter.xml.XmlParser;
import io.imaas.model.failure.FailureException;
import io.imaas.model.source.MiProject.Layout;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Takes out of a CAR what differs between two builds of the same sources: order and time. */
public final class CarNormaliser {
    /** The packer's own files; a registry resource deeper down may have the same name. */
    private static final Pattern DESCRIPTION = Pattern.compile("(metadata/)?[^/]+/artifact\\.xml");

    private CarNormaliser() {}

    /** @param layout only the VS Code plugin's lists are in no order of their own */
    public static SortedMap<String, byte[]> normalise(Map<String, byte[]> car, Layout layout) {
        SortedMap<String, byte[]> sorted = new TreeMap<>(car);
        sorted.replaceAll((name, content) ->
                name.endsWith(".jar") && isMediator(name, car) ? JarBytes.normalise(content) : content);
        if (layout == Layout.VS_CODE) {
            Map<String, String> types = types(car);
            for (String list : new String[] {"artifacts.xml", "metadata.xml"}) {
                sorted.computeIfPresent(list, (name, content) -> CarContents.read(content, types)
                        .map(CarContents::sorted)
                        .map(CarContents::xml)
                        .orElse(content));
            }
        }
        return sorted;
    }

    /** Class mediators are compiled here and now; every other jar was made once, elsewhere. */
    private static boolean isMediator(String name, Map<String, byte[]> car) {
        byte[] artifact = car.get(name.substring(0, name.lastIndexOf('/') + 1) + "artifact.xml");
        return artifact != null && type(artifact).endsWith("\0lib/synapse/mediator");
    }

    /** The type of every artifact by its name and version. */
    private static Map<String, String> types(Map<String, byte[]> car) {
        Map<String, String> types = new HashMap<>();
        car.forEach((name, content) -> {
            if (DESCRIPTION.matcher(name).matches()) {
                String identity = type(content);
                int end = identity.lastIndexOf('\0');
                types.put(identity.substring(0, end), identity.substring(end + 1));
            }
        });
        return types;
    }

    private static String type(byte[] artifact) {
        try {
            XmlElement root = XmlParser.read(artifact, "artifact.xml");
            return root.attribute("name") + '\0' + root.attribute("version") + '\0' + root.attribute("type");
        } catch (FailureException e) {
            // Broken: it names no type, and what is wrong with it is for the verification to tell.
            return "\0\0";
        }
    }
}
