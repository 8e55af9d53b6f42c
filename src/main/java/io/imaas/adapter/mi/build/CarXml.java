package io.imaas.adapter.mi.build;

import io.imaas.adapter.xml.XmlElement;
import io.imaas.adapter.xml.XmlNode;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/**
 * Writes the XML files that a CAR's packer adds, in the form that WSO2's plugin gives them: no line break after the
 * declaration, four blanks a level, a text on its element's line. Written by hand because the JDK's own indenting
 * differs from release to release, and the bytes must not.
 */
public final class CarXml {
    private static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

    private final StringBuilder out = new StringBuilder(DECLARATION);
    private int level;

    public byte[] bytes() {
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** @param attributes name, value, name, value…; a null value leaves the attribute out */
    public CarXml open(String name, String... attributes) {
        start(name, attributes);
        out.append(">\n");
        level++;
        return this;
    }

    public CarXml close(String name) {
        level--;
        indent();
        out.append("</").append(name).append(">\n");
        return this;
    }

    public CarXml empty(String name, String... attributes) {
        start(name, attributes);
        out.append("/>\n");
        return this;
    }

    public CarXml text(String name, String text, String... attributes) {
        if (text.isEmpty()) {
            return empty(name, attributes);
        }
        start(name, attributes);
        out.append('>').append(escaped(text, false)).append("</").append(name).append(">\n");
        return this;
    }

    /** A copy of someone's element; blanks between elements are dropped, namespaces are not expected here. */
    public CarXml copy(XmlElement element) {
        String[] attributes = element.attributes().stream()
                .filter(a -> a.namespace().isEmpty())
                .flatMap(a -> Stream.of(a.name(), a.value()))
                .toArray(String[]::new);
        if (element.content().stream().allMatch(XmlNode.Text.class::isInstance)) {
            String text = element.text();
            return text(element.name(), text.isBlank() ? "" : text, attributes);
        }
        open(element.name(), attributes);
        for (XmlNode piece : element.content()) {
            if (piece instanceof XmlElement child) {
                copy(child);
            } else if (piece instanceof XmlNode.Comment comment) {
                indent();
                out.append("<!--").append(comment.text()).append("-->\n");
            } else if (piece instanceof XmlNode.Text text && !text.text().isBlank()) {
                indent();
                out.append(escaped(text.text(), false)).append('\n');
            }
        }
        return close(element.name());
    }

    private void start(String name, String... attributes) {
        indent();
        out.append('<').append(name);
        for (int i = 0; i < attributes.length; i += 2) {
            if (attributes[i + 1] != null) {
                out.append(' ').append(attributes[i]).append("=\"");
                out.append(escaped(attributes[i + 1], true)).append('"');
            }
        }
    }

    private void indent() {
        out.append("    ".repeat(level));
    }

    /** What the plugin's serialiser writes as a reference; the rules for texts and attributes differ, as they do there. */
    private static String escaped(String text, boolean attribute) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            boolean control = attribute ? c == '\t' || c == '\n' : c >= 0x7F && c <= 0x9F;
            if (c == '&') {
                escaped.append("&amp;");
            } else if (c == '<') {
                escaped.append("&lt;");
            } else if (c == '>') {
                escaped.append("&gt;");
            } else if (c == '"' && attribute) {
                escaped.append("&quot;");
            } else if (c == '\r' || c > 0xFFFF || control) {
                escaped.append("&#").append(c).append(';');
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }
}
