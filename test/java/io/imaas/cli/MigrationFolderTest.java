package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.imaas.catalog.ServiceFile;
import io.imaas.model.failure.FailureException;
import io.imaas.model.rollout.Migration;
import io.imaas.model.tenancy.MigrationTool;
import io.imaas.model.tenancy.ServiceSettings.MigrationSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationFolderTest {
    private static final MigrationSettings SETTINGS =
            new MigrationSettings(MigrationTool.FLYWAY, "", "db/migration", "orders-db");

    @TempDir
    Path project;

    @Test
    void goodScriptsPassAndAServiceWithoutAMigrationIsNotLookedAt() throws IOException {
        write("V1__a.sql", "select 1;");
        assertThat(MigrationFolder.problems(project, SETTINGS)).isEmpty();
        assertThat(MigrationFolder.problems(project.resolve("nowhere"), null)).isEmpty();
    }

    @Test
    void theExampleIsGood() throws IOException {
        Path example = Path.of("examples/migration");
        MigrationSettings settings = ServiceFile.read("imaas.yaml", Files.readString(example.resolve("imaas.yaml")))
                .orThrow()
                .migration();
        assertThat(MigrationFolder.problems(example, settings)).isEmpty();
        assertThat(settings).isEqualTo(SETTINGS);
    }

    @Test
    void aScriptThatADeliveryWouldRefuseIsToldWithItsFile() throws IOException {
        refused("there are no migration scripts", "db/migration");
        Path file = write("more/V1__a.sql", "select 1;\nselect \u0007;");
        refused("U+0007", "db/migration/more/V1__a.sql:2");
        Files.delete(file);
        write("V1.sql", "select 1;");
        refused("Flyway runs no script of this name", "db/migration/V1.sql");
    }

    @Test
    void aLinkAndWhatIsTooLargeAreRefused() throws IOException {
        Path large = write("V1__a.sql", "x".repeat(600_000));
        refused("more than 524288 bytes", "db/migration/V1__a.sql");
        Files.delete(large);
        Files.createSymbolicLink(large, Path.of("/etc/hosts"));
        refused("a link is not a migration script", "db/migration/V1__a.sql");
    }

    @Test
    void allThatIsWrongIsToldAtOnceEachWithItsPlace() throws IOException {
        write("V1.sql", "select 1;");
        write("V2__b.sql", " ");
        write("V3__c.sql", "select 1;\nselect \u0007;");
        write("V03__d.sql", "select 1;");
        Files.createSymbolicLink(project.resolve("db/migration/V4__e.sql"), Path.of("/etc/hosts"));
        Files.write(project.resolve("db/migration/V5__f.sql"), new byte[] {(byte) 0xff, (byte) 0xfe, 's', 0});

        assertThat(MigrationFolder.problems(project, SETTINGS))
                .extracting(problem -> problem.where().toString())
                .containsExactlyInAnyOrder(
                        "db/migration/V1.sql",
                        "db/migration/V2__b.sql",
                        "db/migration/V3__c.sql:2",
                        "db/migration/V3__c.sql",
                        "db/migration/V4__e.sql",
                        "db/migration/V5__f.sql");
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> Migration.fit(MigrationTool.FLYWAY, Map.of("V1.sql", " ", "V2.sql", "select 1;")))
                .withMessageContainingAll(
                        "3 errors:", "  V1.sql: a migration script is empty", "  V2.sql: Flyway runs no");
    }

    private void refused(String why, String where) {
        assertThat(MigrationFolder.problems(project, SETTINGS)).singleElement().satisfies(problem -> {
            assertThat(problem.what()).contains(why);
            assertThat(problem.where().toString()).isEqualTo(where);
        });
    }

    private Path write(String name, String text) throws IOException {
        Path file = project.resolve("db/migration").resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
