package io.imaas.adapter.mi.unittest;

import io.imaas.adapter.mi.layout.VsCodeLayout;
import io.imaas.adapter.mi.source.ProjectTree;
import io.imaas.adapter.xml.XmlElement;
import io.imaas.model.failure.FailureException;

/** A data mapper's TypeScript stands for the three files that the build makes of it in {@code target/datamapper}. */
record DataMapperResources(ProjectTree tree) {
    String of(XmlElement resource, XmlElement artifact) {
        String name = resource.childText("file-name").replaceFirst("\\.ts$", "");
        StringBuilder xml = new StringBuilder();
        for (String suffix : VsCodeLayout.MADE_OF_DATA_MAPPERS) {
            String wanted = "target/datamapper/" + name + "/" + name + suffix;
            String file = tree.find(wanted, "")
                    .orElseThrow(() -> FailureException.input(
                            "the data mapper " + name + " has no " + wanted,
                            artifact.location().toString(),
                            "build the project with Maven first"));
            xml.append("<registry-resource><file-name>%s</file-name><artifact>%s</artifact>"
                    .formatted(name + suffix, XmlEscapes.text(tree.read(file), file)));
            xml.append("<registry-path>%s</registry-path><media-type>%s</media-type></registry-resource>"
                    .formatted(
                            escaped(resource.childText("registry-path")), escaped(resource.childText("media-type"))));
        }
        return xml.toString();
    }

    private static String escaped(String text) {
        return XmlEscapes.text(text.getBytes(java.nio.charset.StandardCharsets.UTF_8), "");
    }
}
