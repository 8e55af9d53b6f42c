package io.imaas.jenkins.agent;

import io.imaas.model.failure.FailureException;
import io.imaas.model.source.CarFile;
import io.imaas.model.source.CycloneDx;
import io.imaas.model.source.MiProject;
import io.imaas.port.CarBuilder;
import io.imaas.port.CarParts;
import io.imaas.report.Json;
import io.imaas.report.ToolVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Leaves the bill of materials of each CAR in the workspace too, where the build archives it. */
final class BilledCarBuilder implements CarBuilder {
    private final CarBuilder builder;
    private final CarParts parts;
    private final Path output;

    BilledCarBuilder(CarBuilder builder, CarParts parts, Path output) {
        this.builder = builder;
        this.parts = parts;
        this.output = output;
    }

    @Override
    public List<String> needsMaven(MiProject project, Options options) {
        return builder.needsMaven(project, options);
    }

    @Override
    public CarFile build(MiProject project, Options options, Consumer<String> log) {
        CarFile car = builder.build(project, options, log);
        try {
            Path folder = Files.createDirectories(output.resolve("sbom"));
            Files.writeString(
                    folder.resolve(car.name() + ".cdx.json"),
                    Json.pretty(CycloneDx.of(car, parts.of(car), ToolVersion.current())) + "\n");
        } catch (IOException e) {
            throw FailureException.external(
                    "the bill of materials can't be written: " + e, output.toString(), "make room", e);
        }
        return car;
    }
}
