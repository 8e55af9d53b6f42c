package io.imaas.adapter.xml;

/**
 * An attribute as it was written; namespace declarations are not among them.
 *
 * @param name its local name
 * @param namespace the URI of its prefix, or empty
 */
public record XmlAttribute(String name, String namespace, String value) {}
