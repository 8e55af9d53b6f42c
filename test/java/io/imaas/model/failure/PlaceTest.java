package io.imaas.model.failure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlaceTest {
    @Test
    void aFileIsToldAsSeenFromAboveItsFolder() {
        Location line = new Location("src/a.xml", 3, 7);

        assertThat(line.below("services/api")).hasToString("services/api/src/a.xml:3:7");
        assertThat(line.below("")).isEqualTo(line);
        assertThat(Location.of("").below("services/api")).hasToString("services/api");
        assertThat(Location.of("/tmp/a.xml").below("services/api")).hasToString("/tmp/a.xml");
        assertThat(Location.of("C:/tmp/a.xml").below("services/api")).hasToString("C:/tmp/a.xml");
    }

    @Test
    void whatHasANameIsCalledTheSameFromEverywhere() {
        Place server = new Place.Named("https://git.example.org/a.xml");

        assertThat(server.below("services/api")).isEqualTo(server);
        assertThat(Place.Named.NONE.below("services/api").isNone()).isTrue();
    }

    @Test
    void aFailureKeepsAllButItsPlace() {
        FailureException known = FailureException.input("is not XML", Location.of("a.xml"), "mend it");

        assertThat(known.below("api")).hasMessage("api/a.xml: is not XML (mend it)");
        assertThat(known.at(Place.Named.NONE).failure().finding()).isEqualTo("is not XML");
    }
}
