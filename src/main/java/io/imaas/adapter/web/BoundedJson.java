package io.imaas.adapter.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Readers of JSON that a stranger's document does not fill the memory of: a few bytes of text can be a large object. */
public final class BoundedJson {
    /** Parts of a document: braces, names and values. The largest that is meant, a page of a hundred entries, has some thousands. */
    public static final long MOST = 200_000;

    // Each keeps what it learned of classes, so there is one of a kind; nobody sets anything on them.
    private static final ObjectMapper USUAL = mapper(MOST);
    private static final ObjectMapper STRICT = mapper(MOST)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private BoundedJson() {}

    /** Fields that a newer server adds are passed over. */
    public static ObjectMapper mapper() {
        return USUAL;
    }

    /** The same for what is believed: a name that is there twice is refused, and whatever follows the document. */
    public static ObjectMapper strict() {
        return STRICT;
    }

    /** @param most parts of a document */
    public static ObjectMapper mapper(long most) {
        return new ObjectMapper(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxTokenCount(most)
                                .build())
                        .build())
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }
}
