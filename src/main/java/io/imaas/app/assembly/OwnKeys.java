package io.imaas.app.assembly;

import io.imaas.adapter.dsse.KeyFile;
import io.imaas.adapter.process.ProgramKey;
import io.imaas.adapter.vault.VaultKey;
import io.imaas.model.failure.FailureException;
import io.imaas.port.OwnKey;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BiFunction;

/** Where an orchestrator's own key may be: in a file, in one of the services of this table, or behind a program. */
public final class OwnKeys {
    private static final Map<String, BiFunction<String, Map<String, String>, OwnKey>> SERVICES =
            Map.of(VaultKey.SCHEME, VaultKey::new, ProgramKey.SCHEME, ProgramKey::new);

    private OwnKeys() {}

    /**
     * @param reference a file, or what {@code cosign} calls a key of a service, such as {@code hashivault://NAME}
     * @param environment what the service wants to know: its address, and a login
     * @throws FailureException INPUT when no such service is known, or something is missing for it
     */
    public static OwnKey at(String reference, Map<String, String> environment) {
        if (!reference.contains("://")) {
            return new KeyFile(Path.of(reference));
        }
        return SERVICES.entrySet().stream()
                .filter(service -> reference.startsWith(service.getKey()))
                .findFirst()
                .orElseThrow(() -> FailureException.input(
                        "no key management service is known for '" + reference + "'",
                        "--key ($IMAAS_KEY)",
                        "write a file, " + VaultKey.SCHEME + "NAME, or " + ProgramKey.SCHEME
                                + "PATH of a program that signs"))
                .getValue()
                .apply(reference, environment);
    }
}
