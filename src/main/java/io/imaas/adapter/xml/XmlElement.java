package io.imaas.adapter.xml;

import io.imaas.model.failure.Location;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An element with its place in the text: enough to check it, to point at it and to cut it out unchanged. */
public final class XmlElement implements XmlNode {
    private final XmlDocument document;
    private final String name;
    private final String namespace;
    private final TagPositions.Tag tag;
    private final List<XmlAttribute> attributes;
    private final List<XmlElement> children = new ArrayList<>();
    private final List<XmlNode> content = new ArrayList<>();
    private int contentEnd;
    private int end;

    public XmlElement(
            XmlDocument document, String name, String namespace, TagPositions.Tag tag, List<XmlAttribute> attributes) {
        this.document = document;
        this.name = name;
        this.namespace = namespace;
        this.tag = tag;
        this.attributes = List.copyOf(attributes);
        this.contentEnd = tag.end();
        this.end = tag.end();
    }

    public void add(XmlNode node) {
        content.add(node);
        if (node instanceof XmlElement child) {
            children.add(child);
        }
    }

    public void closedBy(TagPositions.Tag endTag) {
        contentEnd = endTag.start();
        end = endTag.end();
    }

    /** The local name. */
    public String name() {
        return name;
    }

    /** The namespace's URI, or empty. */
    public String namespace() {
        return namespace;
    }

    public List<XmlAttribute> attributes() {
        return attributes;
    }

    /**
     * The value of an attribute without a prefix, or empty when there is no such attribute; absent and empty names mean
     * the same to Synapse.
     */
    public String attribute(String wanted) {
        XmlAttribute found = find(wanted);
        return found == null ? "" : found.value();
    }

    /** The value of an attribute without a prefix. */
    public Optional<String> optional(String wanted) {
        return Optional.ofNullable(find(wanted)).map(XmlAttribute::value);
    }

    private XmlAttribute find(String wanted) {
        for (XmlAttribute attribute : attributes) {
            if (attribute.name().equals(wanted) && attribute.namespace().isEmpty()) {
                return attribute;
            }
        }
        return null;
    }

    public boolean has(String attribute) {
        return find(attribute) != null;
    }

    /** Elements, texts and comments in their order. */
    public List<XmlNode> content() {
        return Collections.unmodifiableList(content);
    }

    public List<XmlElement> children() {
        return Collections.unmodifiableList(children);
    }

    public List<XmlElement> children(String wanted) {
        return children.stream().filter(c -> c.name.equals(wanted)).toList();
    }

    public Optional<XmlElement> child(String wanted) {
        return children.stream().filter(c -> c.name.equals(wanted)).findFirst();
    }

    /** The text of a child, trimmed, or empty when there is no such child. */
    public String childText(String wanted) {
        return child(wanted).map(c -> c.text().trim()).orElse("");
    }

    /** The element's own text without that of its children. */
    public String text() {
        StringBuilder text = new StringBuilder();
        content.forEach(node -> text.append(node instanceof Text part ? part.text() : ""));
        return text.toString();
    }

    public Location location() {
        return document.location(tag.start());
    }

    /** Where an attribute stands, or the element when it has none of that name. */
    public Location locationOf(String attribute) {
        int at = tag.attribute(document.text(), attribute);
        return document.location(at < 0 ? tag.start() : at);
    }

    /** The namespace that a prefix stands for here: what the element or the nearest one around it says. */
    public Optional<String> namespaceOf(String prefix) {
        Pattern declaration =
                Pattern.compile("\\sxmlns:" + Pattern.quote(prefix) + "\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)')");
        Optional<String> found = Optional.empty();
        for (Optional<XmlElement> at = Optional.of(document.root());
                at.isPresent();
                at = at.get().towards(this)) {
            Matcher tag = declaration
                    .matcher(document.text())
                    .region(at.get().start(), at.get().tag.end());
            if (tag.find()) {
                found = Optional.of(tag.group(1) == null ? tag.group(2) : tag.group(1));
            }
        }
        return found;
    }

    /** The child that is this element or has it in it. */
    private Optional<XmlElement> towards(XmlElement element) {
        return children.stream()
                .filter(child -> child.start() <= element.start() && element.start() < child.end())
                .findFirst();
    }

    /** Gives an attribute another name, or no edit when it is not found. */
    public List<TextEdit> renamed(String attribute, String name) {
        int at = tag.attribute(document.text(), attribute);
        return at < 0 || document.text().startsWith(attribute + ":", at)
                ? List.of()
                : List.of(new TextEdit(document.file(), at, at + attribute.length(), name));
    }

    /** Gives an attribute another value without special characters. */
    public List<TextEdit> valued(String attribute, String value) {
        int at = tag.attribute(document.text(), attribute);
        if (at < 0) {
            return List.of();
        }
        int open = document.text().indexOf('=', at) + 1;
        while (Character.isWhitespace(document.text().charAt(open))) {
            open++;
        }
        int close = document.text().indexOf(document.text().charAt(open), open + 1);
        return List.of(new TextEdit(document.file(), open + 1, close, value));
    }

    /** Adds an attribute behind the element's name. */
    public List<TextEdit> with(String attribute, String value) {
        int at = start() + 1 + written().length();
        return List.of(new TextEdit(document.file(), at, at, " " + attribute + "=\"" + value + "\""));
    }

    /** Gives the element another local name, in both of its tags. */
    public List<TextEdit> renamed(String local) {
        List<TextEdit> edits = new ArrayList<>();
        int prefix = written().length() - name.length();
        int at = start() + 1 + prefix;
        edits.add(new TextEdit(document.file(), at, at + name.length(), local));
        if (!emptyTag()) {
            int close = contentEnd + 2 + prefix;
            edits.add(new TextEdit(document.file(), close, close + name.length(), local));
        }
        return edits;
    }

    /** The name with its prefix, as in the text. */
    private String written() {
        String text = document.text();
        int at = start() + 1;
        while ("/> \t\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start() + 1, at);
    }

    /** This element and all below it in document order; deep documents need no deep stack. */
    public void walk(Consumer<XmlElement> visitor) {
        Deque<XmlElement> open = new ArrayDeque<>();
        open.push(this);
        while (!open.isEmpty()) {
            XmlElement element = open.pop();
            visitor.accept(element);
            for (int i = element.children.size() - 1; i >= 0; i--) {
                open.push(element.children.get(i));
            }
        }
    }

    /** Offset in the document's text of the start tag's {@code <}. */
    public int start() {
        return tag.start();
    }

    /** Offset behind the start tag. */
    public int contentStart() {
        return tag.end();
    }

    /** Offset of the end tag; equals {@link #contentStart()} when the element was written as an empty tag. */
    public int contentEnd() {
        return contentEnd;
    }

    /** Offset behind the element. */
    public int end() {
        return end;
    }

    /** Whether it was written as {@code <name/>}. */
    public boolean emptyTag() {
        return tag.empty();
    }

    /** The author's own text of this element, from its {@code <} to its last {@code >}. */
    public String source() {
        return document.text().substring(start(), end);
    }

    /**
     * An attribute as it was written; namespace declarations are not among them.
     *
     * @param name its local name
     * @param namespace the URI of its prefix, or empty
     */
    public record XmlAttribute(String name, String namespace, String value) {}
}
