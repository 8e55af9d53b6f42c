package io.imaas.model.source;

import java.io.Serializable;

/**
 * A built artifact: the {@code .car} that the Micro Integrator loads.
 *
 * @param path on the machine that built it
 * @param sha256 of its bytes, hexadecimal
 * @param builder {@code native} or {@code maven}
 */
public record CarFile(String path, String name, String version, String sha256, String builder)
        implements Serializable {}
