package io.imaas.report;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Location;
import io.imaas.model.failure.Place;
import io.imaas.model.identity.Secret;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.source.TreeHash;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import io.imaas.report.Matrix.Notice;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Our values as JSON: names and addresses as plain strings, times in ISO 8601, records by their components. */
public final class Json {
    private static final ObjectMapper MAPPER = mapper();
    /** A tree finds a name that is there twice by itself, at no cost. */
    private static final ObjectMapper TREES = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final ObjectWriter PRETTY = MAPPER.writer(new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n")));

    private Json() {}

    /** Indented with two spaces and Unix line ends, keys in the order of their declaration. */
    public static String pretty(Object value) {
        try {
            return PRETTY.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw FailureException.defect("a " + value.getClass().getSimpleName() + " can't be written as JSON", e);
        }
    }

    /**
     * Any JSON.
     *
     * @return missing when there is none at all
     * @throws IOException when it is malformed, has a name twice in one object, or something behind its end
     */
    public static JsonNode tree(byte[] json) throws IOException {
        return TREES.readTree(json);
    }

    /** Reads what {@link #pretty} wrote of our reports. */
    public static <T> T read(String text, TypeReference<T> type) throws JsonProcessingException {
        return MAPPER.readValue(text, type);
    }

    /** One of our values as JSON in Java's own types. */
    public static Map<String, Object> map(Object value) {
        return MAPPER.convertValue(value, new TypeReference<LinkedHashMap<String, Object>>() {});
    }

    /**
     * Reads {@link #map}.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static <T> T value(Map<String, Object> json, Class<T> type) {
        return MAPPER.convertValue(json, type);
    }

    private static ObjectMapper mapper() {
        SimpleModule module = new SimpleModule("imaas");
        text(module, TenantName.class, TenantName::new);
        text(module, ServiceName.class, ServiceName::new);
        text(module, EnvironmentName.class, EnvironmentName::new);
        text(module, BranchName.class, BranchName::new);
        text(module, CommitId.class, CommitId::new);
        text(module, TreeHash.class, TreeHash::new);
        text(module, Digest.class, Digest::new);
        text(module, ImageRepository.class, ImageRepository::parse);
        text(module, ImageRef.class, ImageRef::parse);
        text(module, RepositoryUrl.class, RepositoryUrl::new);
        text(module, Location.class, Location::parse);
        text(module, Place.class, Place.Named::new);
        text(module, Notice.class, Notice::ofTenant);
        text(module, Instant.class, Instant::parse);
        text(module, Duration.class, Duration::parse);
        text(module, LocalDate.class, LocalDate::parse);
        // Written as stars, and never read.
        module.addSerializer(Secret.class, ToStringSerializer.instance);
        return JsonMapper.builder()
                .addModule(module)
                .addMixIn(Effect.class, Told.class)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                // Records are written by their components; isError() and the like are questions, not properties.
                .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                // What two readers could read differently is not read: a request, a saved plan.
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    /** Of an effect, what was there before is for taking it back, not for reading. */
    @JsonIgnoreProperties("replaced")
    private interface Told {}

    /** A value that is one text in JSON, both ways. */
    private static <T> void text(SimpleModule module, Class<T> type, Function<String, T> parse) {
        module.addSerializer(type, ToStringSerializer.instance);
        module.addDeserializer(type, new StdDeserializer<>(type) {
            private static final long serialVersionUID = 1L;

            @Override
            public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
                return parse.apply(parser.getText());
            }
        });
    }
}
