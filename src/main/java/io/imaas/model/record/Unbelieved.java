package io.imaas.model.record;

import java.io.Serializable;

/**
 * A file among the records that counts for nothing.
 *
 * @param path on the records branch
 * @param why it does not count
 */
public record Unbelieved(String path, String why) implements Serializable {
    public String sentence() {
        return "the record " + path + " counts for nothing: " + why;
    }
}
