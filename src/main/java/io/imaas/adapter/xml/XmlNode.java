package io.imaas.adapter.xml;

/** What an element holds: elements, texts and comments, in the order written. */
public sealed interface XmlNode permits XmlElement, XmlNode.Text, XmlNode.Comment {
    /** Characters between tags, with references replaced. */
    record Text(String text) implements XmlNode {}

    /** A comment's text without its delimiters. */
    record Comment(String text) implements XmlNode {}
}
