package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.imaas.catalog.ServiceFile;
import io.imaas.model.failure.FailureException;
import io.imaas.model.tenancy.MigrationTool;
import io.imaas.model.tenancy.ServiceSettings.MigrationSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        assertThatNoException().isThrownBy(() -> MigrationFolder.check(project, SETTINGS));
        assertThatNoException().isThrownBy(() -> MigrationFolder.check(project.resolve("nowhere"), null));
    }

    @Test
    void theExampleIsGood() throws IOException {
        Path example = Path.of("examples/migration");
        MigrationSettings settings = ServiceFile.read("imaas.yaml", Files.readString(example.resolve("imaas.yaml")))
                .orThrow()
                .migration();
        assertThatNoException().isThrownBy(() -> MigrationFolder.check(example, settings));
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

    private void refused(String why, String where) {
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> MigrationFolder.check(project, SETTINGS))
                .satisfies(e -> {
                    assertThat(e.failure().what()).contains(why);
                    assertThat(e.failure().where()).endsWith(where);
                });
    }

    private Path write(String name, String text) throws IOException {
        Path file = project.resolve("db/migration").resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
