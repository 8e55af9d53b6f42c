package io.imaas.model.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.record.Person;
import io.imaas.model.record.Trust;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is forbidden something is forbidden it under every spelling; what is granted is granted to no look-alike. */
class PersonNameTest {
    private static final Trust KNOWN = new Trust(
            List.of(), List.of(new Person("@ann", List.of("ann@example.org"), List.of("@acme/leads"), List.of())));

    private static Actor actor(String name, String... roles) {
        return new Actor(name, Actor.Proof.OIDC, List.of(roles));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann", "@ANN ", " @ Ann"})
    void spacesAndCaseDoNotMatter(String name) {
        assertThat(PersonName.same(name, "@ann")).isTrue();
        assertThat(actor(name).is("@ann")).isTrue();
        assertThat(KNOWN.isOf(name, "@acme/leads")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"@\uff41nn", "ann\u00a0", "\uff20ann", "@an\u207f"})
    void anotherFormOfALetterIsForbiddenTheSameAndGrantedNothing(String name) {
        assertThat(PersonName.same(name, "@ann")).isTrue();
        assertThat(actor(name).is("@ann")).isFalse();
        assertThat(KNOWN.isOf(name, "@ann")).isFalse();
        assertThat(KNOWN.isOf(name, "@acme/leads")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ann@example.org",
                "ann@example.com",
                "ann+release@example.org",
                "ann.",
                "a.nn",
                "ACME\\ann",
                "\u0430nn",
                "ann\u200b"
            })
    void oneLoginUnderAnotherFormOfTheNameIsNoSecondPersonUntilThePlatformSaysSo(String name) {
        for (Actor.Proof proof : List.of(Actor.Proof.JENKINS, Actor.Proof.OIDC, Actor.Proof.UNVERIFIED)) {
            assertThat(Trust.NONE.areTwo(name, proof, "@ann", proof)).isFalse();
            assertThat(Trust.NONE.areTwo("ann", proof, name, proof)).isFalse();
        }
        Trust both = new Trust(
                List.of(),
                List.of(
                        new Person("@ann", List.of(), List.of(), List.of()),
                        new Person("@anna", List.of(name), List.of(), List.of())));
        assertThat(both.areTwo(name, Actor.Proof.OIDC, "@ann", Actor.Proof.OIDC))
                .isTrue();
        assertThat(Trust.NONE.areTwo("bob@example.org", Actor.Proof.OIDC, "ann@example.org", Actor.Proof.OIDC))
                .isTrue();
        assertThat(Trust.NONE.areTwo("ACME\\bob", Actor.Proof.JENKINS, "ACME\\ann", Actor.Proof.JENKINS))
                .isTrue();
    }

    @Test
    void aTeamThatOnlyLooksSoIsAnother() {
        assertThat(actor("@bob", "@acme/leads").is("@acme/leads")).isTrue();
        assertThat(actor("@bob", "@\uff41cme/leads").is("@acme/leads")).isFalse();
        assertThat(actor("@bob", "@acme/\uff4ceads").is("@acme/leads")).isFalse();
    }

    @Test
    void nobodyIsATeamByTheirOwnName() {
        assertThat(actor("acme/leads").is("@acme/leads")).isFalse();
        assertThat(Trust.NONE.isOf("acme/leads", "@acme/leads")).isFalse();
        assertThat(Trust.NONE.isOf("ann", "@ann")).isTrue();
    }

    @Test
    void aNameOfOtherLettersIsItself() {
        assertThat(actor("@jos\u00e9").is("@jos\u00e9")).isTrue();
        assertThat(actor("@jose\u0301").is("@jos\u00e9")).isFalse();
    }
}
