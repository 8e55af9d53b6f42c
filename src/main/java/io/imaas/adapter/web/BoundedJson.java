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

    private BoundedJson() {}

    /** Fields that a newer server adds are passed over. */
    public static ObjectMapper mapper() {
        return mapper(MOST);
    }

    /** The same for what is believed: a name that is there twice is refused, and whatever follows the document. */
    public static ObjectMapper strict() {
        return mapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
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
