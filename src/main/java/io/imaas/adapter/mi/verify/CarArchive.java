package io.imaas.adapter.mi.verify;

import io.imaas.adapter.mi.source.CarZip;
import io.imaas.adapter.xml.MalformedXmlException;
import io.imaas.adapter.xml.XmlElement;
import io.imaas.adapter.xml.XmlParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A CAR's entries and what its {@code artifact.xml} files say of them. */
final class CarArchive {
    private final Map<String, byte[]> entries;
    private final String file;
    private final XmlParser parser = new XmlParser();

    /** @throws io.imaas.model.failure.FailureException FAILED when it is not a zip archive */
    CarArchive(Path path) {
        this.entries = CarZip.files(path);
        this.file = path.toString();
    }

    Map<String, byte[]> entries() {
        return entries;
    }

    /** An artifact of the CAR: its folder, what its {@code artifact.xml} says, and the file named there. */
    record Entry(String folder, String name, String version, String type, String file) {
        String path() {
            return folder + "/" + file;
        }
    }

    /** All artifacts; an unreadable {@code artifact.xml} becomes a problem. */
    List<Entry> artifacts(Findings findings) {
        List<Entry> found = new ArrayList<>();
        for (String path : entries.keySet()) {
            if (path.endsWith("/artifact.xml")) {
                xml(path, findings)
                        .map(root -> new Entry(
                                path.substring(0, path.lastIndexOf('/')),
                                root.attribute("name"),
                                root.attribute("version"),
                                root.attribute("type"),
                                root.childText("file")))
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    /** The root element of an entry, or empty when there is none; one that is not well-formed becomes a problem. */
    Optional<XmlElement> xml(String path, Findings findings) {
        byte[] bytes = entries.get(path);
        if (bytes == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(parser.parse(bytes, file + "!/" + path).root());
        } catch (MalformedXmlException e) {
            findings.error("car-not-well-formed", e.where(), e.getMessage(), "build it again");
            return Optional.empty();
        }
    }
}
