package io.imaas.adapter.mi.verify;

import static io.imaas.adapter.mi.verify.MiFiles.ARTIFACTS;
import static io.imaas.adapter.mi.verify.MiFiles.NS;
import static io.imaas.adapter.mi.verify.MiFiles.RESOURCES;
import static io.imaas.adapter.mi.verify.MiFiles.car;
import static io.imaas.adapter.mi.verify.MiFiles.places;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.failure.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CarProblemsTest {
    @TempDir
    private Path folder;

    @TempDir
    private Path out;

    private MiFiles files;

    @BeforeEach
    void aProjectAndItsCar() throws IOException {
        files = MiFiles.hello2(folder);
    }

    private Path changed(Map<String, String> changes) throws IOException {
        return car(out.resolve("changed.car"), changes);
    }

    @Test
    void theMavenPluginsCarOfTheSameSourcesIsFine() {
        assertThat(files.verify(MiFiles.FIXTURES.resolve("hello2_1.0.0.car"))).isEmpty();
    }

    @Test
    void anArtifactThatTheBuildDroppedIsMissed() throws IOException {
        Path car = changed(Collections.singletonMap("UsersEP_1.0.0/", null));
        assertThat(places(files.verify(car)))
                .containsExactly(
                        "car-list changed.car!/artifacts.xml",
                        "car-list changed.car!/metadata.xml",
                        "not-in-car " + ARTIFACTS + "endpoints/UsersEP.xml");
    }

    @Test
    void aSourceAddedAfterTheBuildIsMissed() {
        files.sequence("Late", "<log/>");
        assertThat(places(files.verify(MiFiles.FIXTURES.resolve("hello2_1.0.0.car"))))
                .containsExactly("not-in-car " + ARTIFACTS + "sequences/Late.xml");
    }

    @Test
    void anOlderContentIsToldApart() {
        files.sequence("BuildGreeting", "<drop/>");
        files.with(RESOURCES + "registry/gov/note.txt", "newer").with(RESOURCES + "conf/config.properties", "a=b");
        assertThat(places(files.verify(MiFiles.FIXTURES.resolve("hello2_1.0.0.car"))))
                .containsExactly(
                        "car-differs " + ARTIFACTS + "sequences/BuildGreeting.xml",
                        "car-differs " + RESOURCES + "conf/config.properties",
                        "car-differs " + RESOURCES + "registry/gov/note.txt");
    }

    @Test
    void whatIsOnlyInTheCarIsAnError() {
        files.without(ARTIFACTS + "endpoints/UsersEP.xml").without(RESOURCES + "conf/config.properties");
        assertThat(places(files.verify(MiFiles.FIXTURES.resolve("hello2_1.0.0.car"))))
                .contains("car-extra hello2_1.0.0.car!/UsersEP_1.0.0", "car-extra hello2_1.0.0.car!/config_1.0.0");
    }

    @Test
    void aFileThatBelongsToNoArtifactIsAnError() throws IOException {
        Path car = changed(Map.of("left/over.xml", "<x/>"));
        assertThat(places(files.verify(car))).containsExactly("car-extra changed.car!/left/over.xml");
    }

    @Test
    void aMissingRegistryFileIsNotSkippedInSilence() throws IOException {
        Path car = changed(Collections.singletonMap("resources_note_txt_1.0.0/resources/", null));
        assertThat(places(files.verify(car))).containsExactly("not-in-car " + RESOURCES + "registry/gov/note.txt");
    }

    @Test
    void anUnlistedArtifactWouldNeverBeLoaded() throws IOException {
        Path car = changed(Map.of(
                "artifacts.xml",
                "<artifacts><artifact name=\"hello2\" version=\"1.0.0\" type=\"carbon/application\"/></artifacts>"));
        assertThat(files.verify(car)).hasSize(5).extracting(Problem::rule).containsOnly("car-list");
    }

    @Test
    void ownMetadataMustBeTheOneInTheCar() throws IOException {
        files.with(RESOURCES + "metadata/HelloAPI_1.0.0_metadata.yaml", "---\nkey: mine\n")
                .with(RESOURCES + "api-definitions/HelloAPI_v1.0.0.yaml", "openapi: 3.0.0\n");
        assertThat(places(files.verify(MiFiles.FIXTURES.resolve("hello2_1.0.0.car"))))
                .containsExactly(
                        "not-in-car " + RESOURCES + "api-definitions/HelloAPI_v1.0.0.yaml",
                        "car-differs " + RESOURCES + "metadata/HelloAPI_1.0.0_metadata.yaml");
    }

    @Test
    void classMediatorsAndConnectorsMustBePacked() {
        files.classMediators("com.example.Mediator").with(RESOURCES + "connectors/mi-connector-http-0.1.8.zip", "PK");
        assertThat(places(files.verify(MiFiles.FIXTURES.resolve("hello2_1.0.0.car"))))
                .contains(
                        "not-in-car src/main/java",
                        "not-in-car " + RESOURCES + "connectors/mi-connector-http-0.1.8.zip");
    }

    @Test
    void sourceProblemsAreToldTogetherWithThoseOfTheCar() throws IOException {
        files.with(ARTIFACTS + "sequences/Broken.xml", "<sequence name=\"Broken\"" + NS + ">");
        Path car = changed(Map.of("left/over.xml", "<x/>"));
        assertThat(files.verify(car)).extracting(Problem::rule).containsExactly("car-extra", "not-well-formed");
    }

    @Test
    void whatIsNoZipIsAFailureOfItsOwn() throws IOException {
        Path car = out.resolve("no.car");
        Files.writeString(car, "hello");
        assertThatThrownBy(() -> files.verify(car)).isInstanceOfSatisfying(FailureException.class, e -> assertThat(
                        e.failure().kind())
                .isEqualTo(FailureKind.FAILED));
    }
}
