package io.imaas.model.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.imaas.model.failure.FailureException;
import io.imaas.model.image.ImageRef;
import io.imaas.model.tenancy.MigrationTool;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class MigrationTest {
    private static final ImageRef FLYWAY = ImageRef.parse("docker.io/flyway/flyway@sha256:" + "f".repeat(64));

    @Test
    void theFileIsYamlThatPeopleReadAndIsReadBackAsItWas() {
        String script = "\n  -- \"orders\": #1\n\tcreate table x (\n\n   \n  a int); -- é \\n {{ x }}\n";
        Migration migration = flyway(Map.of("V1__orders.sql", script, "more/R__views.sql", "---\nselect 1;"));

        assertThat(migration.text()).contains("\n      \tcreate table x (\n\n");
        assertThat(Migration.parse(migration.text(), "x")).isEqualTo(migration);
        Map<?, ?> yaml = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(migration.text());
        assertThat(((Map<?, ?>) yaml.get("migration")).get("scripts"))
                .isEqualTo(Map.of("V1__orders.sql", script, "more/R__views.sql", "---\nselect 1;\n"));
    }

    @Test
    void endsOfLinesAndOfTheFileAreNoDifference() {
        assertThat(flyway(Map.of("V1__a.sql", "\uFEFFselect 1;\r\nselect 2;\r\n\r\n")))
                .isEqualTo(flyway(Map.of("V1__a.sql", "select 1;\nselect 2;")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret: \"other\"", "  - more", "    \"V9__evil.sql\": |2\n      drop table x;", "x: y"})
    void aFileThatSomebodyChangedIsRefusedWithItsPlace(String line) {
        String text = flyway(Map.of("V1__a.sql", "select 1;")).text() + line + "\n\n";

        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> Migration.parse(text, "dev:services/api/migration.yaml"))
                .satisfies(e -> {
                    assertThat(e.failure().what()).startsWith("it is not as the orchestrator writes it");
                    assertThat(e.failure().where().toString()).isEqualTo("dev:services/api/migration.yaml");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "V1_a.sql, Flyway runs no script of this name",
        "README.md, Flyway runs no script of this name",
        "U1__undo.sql, Flyway runs no script of this name",
        "V__a.sql, Flyway runs no script of this name",
        "V1__a b.sql, can't be called like this",
        "../V1__a.sql, can't be called like this",
        "x..y/V1__a.sql, can't be called like this",
    })
    void aNameThatFlywayOrAConfigMapDoesNotTakeIsRefused(String name, String why) {
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> flyway(Map.of(name, "select 1;")))
                .satisfies(e -> {
                    assertThat(e.failure().what()).contains(why);
                    assertThat(e.failure().where().toString()).isEqualTo(name);
                });
    }

    @Test
    void twoScriptsOfOneVersionAreRefusedHoweverItIsWritten() {
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> flyway(Map.of("V1__a.sql", "x", "b/V01_0__b.sql", "y")))
                .withMessageContaining("two migration scripts have one version");
        flyway(Map.of("V1__a.sql", "x", "V10__b.sql", "y", "V1_0_1__c.sql", "z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "\u0007", "\u0085", "\u2028", "\uFEFF", "\uD800", "\r"})
    void aCharacterThatYamlOrATerminalTakesForMoreIsRefusedWithItsLine(String character) {
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> flyway(Map.of("V1__a.sql", "select 1;\nselect" + character + "2;\n")))
                .satisfies(e -> assertThat(e.failure().where().toString()).isEqualTo("V1__a.sql:2"));
    }

    @Test
    void tooMuchOrNothingIsRefused() {
        Map<String, String> many = IntStream.range(0, 501)
                .boxed()
                .collect(Collectors.toMap(i -> "V" + (i + 1) + "__a.sql", i -> "select 1;"));
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> flyway(many))
                .withMessageContaining("501 migration scripts");
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> flyway(Map.of("V1__a.sql", "x".repeat(Migration.MOST_BYTES))))
                .withMessageContaining("524289 bytes");
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> flyway(Map.of()))
                .withMessageContaining("there are no migration scripts");
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> flyway(Map.of("V1__a.sql", " \n")))
                .withMessageContaining("is empty");
    }

    @Test
    void liquibaseNeedsOneChangelogAndItsFilesMayChange() {
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> liquibase(Map.of("changes/1.sql", "x")))
                .withMessageContaining("there are no migration scripts");
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> liquibase(Map.of("changelog.sql", "x", "changelog.xml", "x")))
                .withMessageContaining("changelog.sql and changelog.xml");
        Migration before = liquibase(Map.of("changelog.yaml", "x", "changes/1.sql", "x"));
        Migration after = liquibase(Map.of("changelog.yaml", "y", "changes/1.sql", "x"));
        assertThat(after.beyond(before)).containsExactly("changelog.yaml");
        assertThat(after.remembered()).isEmpty();
    }

    @Test
    void newScriptsComeInTheOrderOfTheirNumbersAndOnlyTheVersionedMayNotChange() {
        Migration before = flyway(Map.of("V1__a.sql", "x", "R__v.sql", "x"));
        Migration after = flyway(Map.of("V1__a.sql", "y", "R__v.sql", "y", "V10__c.sql", "x", "V9__b.sql", "x"));
        assertThat(after.beyond(before)).containsExactly("R__v.sql", "V1__a.sql", "V9__b.sql", "V10__c.sql");
        assertThat(after.remembered().values())
                .extracting(script -> script.name() + ":" + script.content().length())
                .containsExactlyInAnyOrder("V1__a.sql:12", "V9__b.sql:12", "V10__c.sql:12", "R__v.sql:0");
        assertThat(after.beyond(null)).hasSize(4);
    }

    private static Migration flyway(Map<String, String> scripts) {
        return new Migration(MigrationTool.FLYWAY, FLYWAY, "orders-db", new TreeMap<>(scripts));
    }

    private static Migration liquibase(Map<String, String> scripts) {
        return new Migration(MigrationTool.LIQUIBASE, FLYWAY, "orders-db", new TreeMap<>(scripts));
    }
}
