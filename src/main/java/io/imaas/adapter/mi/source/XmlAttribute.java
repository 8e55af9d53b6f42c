package io.imaas.adapter.mi.source;

/** An attribute as it was written; namespace declarations are not among them. */
public record XmlAttribute(String name, String value) {}
