package io.imaas.model.failure;

import java.io.Serializable;

/** Where something did not work: a place in a file, or something that has a name. */
public sealed interface Place extends Serializable permits Location, Place.Named {
    /**
     * The same as seen from further up: a file gets the folder before its path, unless that is absolute.
     *
     * @param folder relative, with forward slashes; empty for here
     */
    Place below(String folder);

    default boolean isNone() {
        return equals(Named.NONE);
    }

    /** A URL, or the name of a thing, such as an object of a cluster; it means the same from everywhere. */
    record Named(String name) implements Place {
        /** No better place than the command. */
        public static final Named NONE = new Named("");

        @Override
        public Place below(String folder) {
            return this;
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
