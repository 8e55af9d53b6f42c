package io.imaas.server.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.TreeHash;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import io.imaas.report.Matrix.Notice;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** JSON schemas of records, as our JSON writes them: by their components, and what is null is left out. */
final class Schemas {
    private static final Set<Class<?>> TEXTS = Set.of(
            String.class,
            TenantName.class,
            ServiceName.class,
            EnvironmentName.class,
            CommitId.class,
            TreeHash.class,
            Digest.class,
            ImageRef.class,
            ImageRepository.class,
            Notice.class,
            Instant.class,
            Duration.class);
    private static final Set<Class<?>> WHOLE = Set.of(int.class, long.class, Integer.class, Long.class);

    private final Map<String, Object> named = new TreeMap<>();

    /** All that were asked for so far, by name. */
    Map<String, Object> named() {
        return named;
    }

    /** The schema of a type, or a reference to it. */
    Map<String, Object> of(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return Collection.class.isAssignableFrom((Class<?>) generic.getRawType())
                    ? Map.of("type", "array", "items", of(arguments[0]))
                    : Map.of("type", "object", "additionalProperties", of(arguments[1]));
        }
        Class<?> plain = (Class<?>) type;
        if (TEXTS.contains(plain)) {
            return Map.of("type", "string");
        }
        if (WHOLE.contains(plain)) {
            return Map.of("type", "integer");
        }
        if (plain == boolean.class) {
            return Map.of("type", "boolean");
        }
        if (plain.isEnum()) {
            List<String> words =
                    Stream.of(plain.getEnumConstants()).map(Object::toString).toList();
            return Map.of("type", "string", "enum", words);
        }
        return plain.isRecord() ? reference(plain) : Map.of();
    }

    private Map<String, Object> reference(Class<?> record) {
        String name = record.getSimpleName();
        if (!named.containsKey(name)) {
            Map<String, Object> properties = new LinkedHashMap<>();
            // Known before its parts are: a record may hold itself.
            named.put(name, Map.of());
            add(record, properties);
            named.put(name, Map.of("type", "object", "properties", properties, "additionalProperties", false));
        }
        return Map.of("$ref", "#/components/schemas/" + name);
    }

    private void add(Class<?> record, Map<String, Object> properties) {
        for (RecordComponent component : record.getRecordComponents()) {
            if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
                add(component.getType(), properties);
            } else {
                properties.put(component.getName(), of(component.getGenericType()));
            }
        }
    }
}
