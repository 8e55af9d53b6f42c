package io.imaas.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.imaas.model.failure.FailureException;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** Our values as YAML: the same keys and texts as {@link Json}. */
public final class Yaml {
    private Yaml() {}

    public static String pretty(Object value) {
        try {
            Object plain = Json.read(Json.pretty(value), new TypeReference<Object>() {});
            return new Dump(DumpSettings.builder()
                            .setDefaultFlowStyle(FlowStyle.BLOCK)
                            .build())
                    .dumpToString(plain);
        } catch (JsonProcessingException e) {
            throw FailureException.defect("our own JSON can't be read", e);
        }
    }
}
