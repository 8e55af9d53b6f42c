package io.imaas.cli;

import io.imaas.model.identity.Secret;
import picocli.CommandLine.ITypeConverter;

/** A secret from an option or its environment variable; nothing where neither was given. */
public final class SecretConverter implements ITypeConverter<Secret> {
    @Override
    public Secret convert(String text) {
        return text.isBlank() ? null : new Secret(text.strip());
    }
}
