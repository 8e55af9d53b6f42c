package io.imaas.port;

import io.imaas.model.source.ApiDescription;
import io.imaas.model.source.CarFile;
import io.imaas.model.source.CarPart;
import java.nio.file.Path;
import java.util.List;

/** Looks into CARs and libraries. */
public interface CarParts {
    /**
     * What it is made of, in the order of its entries; Java libraries within connectors and mediators included.
     *
     * @throws io.imaas.model.failure.FailureException FAILED when it is not a CAR
     */
    List<CarPart> of(CarFile car);

    /** How a CAR describes its APIs, in the order of their names. What is not written as MI would read it is left out. */
    List<ApiDescription> apis(byte[] car, String shown);

    /** A CAR or a library that goes into an image as it is, with its hash, and the Java libraries in it. */
    CarPart file(Path file);
}
