package io.imaas.model.identity;

import io.imaas.model.failure.FailureException;
import java.io.Serializable;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The fingerprint of an OpenPGP key, or of its subkey that signs: Argo CD compares it with the key that made a signature.
 *
 * @param value 40 upper-case hexadecimal digits, as {@code gpg --list-keys --with-subkey-fingerprint} shows them without
 *     the spaces
 */
public record GpgFingerprint(String value) implements Serializable {
    private static final Pattern FORM = Pattern.compile("[0-9A-F]{40}");

    /** @throws FailureException INPUT for anything else: a short id fits more than one key */
    public GpgFingerprint {
        value = value.replace(" ", "").toUpperCase(Locale.ROOT);
        if (!FORM.matcher(value).matches()) {
            throw FailureException.input(
                    "'" + value + "' is not the fingerprint of a GnuPG key",
                    "write the 40 digits that 'gpg --list-keys --with-subkey-fingerprint KEY' shows for the key that"
                            + " signs");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
