package io.imaas.adapter.mi.source;

import io.imaas.model.failure.Location;
import java.io.Serial;

/** A document that is not well-formed, or that has what we refuse to read, such as a DTD. */
public final class MalformedXmlException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Location where;

    MalformedXmlException(String message, Location where) {
        super(message);
        this.where = where;
    }

    public Location where() {
        return where;
    }
}
