package io.imaas.catalog;

import io.imaas.model.tenancy.Adopted.KeptObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Which objects a file of adopted manifests lists. */
final class KeptObjects {
    private KeptObjects() {}

    /**
     * @param namespace of objects that name none
     * @throws org.snakeyaml.engine.v2.exceptions.YamlEngineException when the text is no YAML
     */
    static List<KeptObject> of(String text, String namespace) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel("adopted manifests")
                .setCodePointLimit(Integer.MAX_VALUE)
                .build();
        return StreamSupport.stream(new Load(settings).loadAllFromString(text).spliterator(), false)
                .flatMap(document -> object(document, namespace))
                .toList();
    }

    private static Stream<KeptObject> object(Object document, String namespace) {
        if (document instanceof Map<?, ?> object
                && object.get("kind") instanceof String kind
                && object.get("metadata") instanceof Map<?, ?> metadata
                && metadata.get("name") instanceof String name) {
            String own = metadata.get("namespace") instanceof String given ? given : namespace;
            return Stream.of(new KeptObject(own, kind, name));
        }
        return Stream.empty();
    }
}
