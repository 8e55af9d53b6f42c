package io.imaas.adapter.mi;

import io.imaas.adapter.mi.build.NativeCarBuilder;
import io.imaas.adapter.mi.maven.MavenCarBuilder;
import io.imaas.model.source.CarFile;
import io.imaas.model.source.MiProject;
import io.imaas.port.CarBuilder;
import io.imaas.port.Processes;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** The builder that was chosen; {@code auto} packs natively where that is sound and says why where it is not. */
public record ChosenCarBuilder(NativeCarBuilder nativeBuilder, CarBuilder maven) implements CarBuilder {
    /**
     * The two that there are.
     *
     * @param processes runs the project's own Maven
     * @param timeout of a Maven build
     */
    public static ChosenCarBuilder of(Processes processes, Duration timeout) {
        return new ChosenCarBuilder(new NativeCarBuilder(), new MavenCarBuilder(processes, timeout));
    }

    @Override
    public CarFile build(MiProject project, Options options, Consumer<String> log) {
        return switch (options.choice()) {
            case NATIVE -> nativeBuilder.build(project, options, log);
            case MAVEN -> maven.build(project, options, log);
            case AUTO ->
                nativeBuilder.buildIfEnough(project, options, log).orElseGet(() -> maven.build(project, options, log));
        };
    }

    @Override
    public List<String> needsMaven(MiProject project, Options options) {
        return nativeBuilder.needsMaven(project, options);
    }
}
