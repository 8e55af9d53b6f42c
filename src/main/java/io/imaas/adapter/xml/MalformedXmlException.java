package io.imaas.adapter.xml;

import io.imaas.model.failure.Location;
import java.io.Serial;
import java.util.Optional;

/** A document that is not well-formed, or that has what we refuse to read, such as a DTD. */
public final class MalformedXmlException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Location where;
    private final transient XmlElement root;

    /** @param root what was read of the root element before the fault, or null */
    public MalformedXmlException(String message, Location where, XmlElement root) {
        super(message);
        this.where = where;
        this.root = root;
    }

    public Location where() {
        return where;
    }

    /** The root element as far as it was read; empty when the fault comes before it. */
    public Optional<XmlElement> root() {
        return Optional.ofNullable(root);
    }
}
