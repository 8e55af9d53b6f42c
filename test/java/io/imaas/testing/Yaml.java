package io.imaas.testing;

import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** YAML of tests as values. */
public final class Yaml {
    private Yaml() {}

    /** One document that is a mapping. */
    public static Map<String, Object> map(String text) {
        Map<String, Object> fields = new LinkedHashMap<>();
        ((Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(text))
                .forEach((key, value) -> fields.put(key.toString(), value));
        return fields;
    }
}
