package io.imaas.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.app.Onboarded;
import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.model.failure.Effect;
import io.imaas.model.tenancy.Catalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What onboarding asks of an API server follows from what changed, and not from how many tenants there are. */
class OnboardCallsTest {
    private static final int MOST_READS = 20;

    @TempDir
    Path folder;

    @Test
    void aRunReadsByListsAndWritesWhatChangedAlone() throws IOException {
        List<String> few = withoutChange(3);
        List<String> more = withoutChange(9);

        assertThat(more).hasSameSizeAs(few).hasSizeLessThan(MOST_READS).allMatch(call -> call.startsWith("GET "));
    }

    private List<String> withoutChange(int tenants) throws IOException {
        ManyTenants many = new ManyTenants(Files.createDirectory(folder.resolve("of" + tenants)), tenants);
        many.repositories();
        try (ApiServerDouble server = new ApiServerDouble();
                LoopbackRegistry registry = LoopbackRegistry.start(many.folder().resolve("registry"), 0)) {
            Catalog before = many.catalog(registry.address() + "/acme", 40);
            assertThat(many.onboard(server, before))
                    .allMatch(one -> one.failures().isEmpty());
            server.calls();
            assertThat(many.onboard(server, before)).allMatch(OnboardCallsTest::unchanged);
            List<String> unchanged = server.calls();

            Catalog after = many.catalog(registry.address() + "/acme", 41);
            assertThat(many.onboard(server, after))
                    .filteredOn(one -> !unchanged(one))
                    .extracting(one -> one.tenant().value())
                    .containsExactly("t" + (tenants - 1));
            List<String> calls = server.calls();
            assertThat(calls.stream().filter(call -> !call.startsWith("GET ")))
                    .as("a quota for each of three environments, tried and written")
                    .hasSizeBetween(3, 6)
                    .allMatch(call -> call.contains("/t" + (tenants - 1) + "-"));
            return unchanged;
        }
    }

    private static boolean unchanged(Onboarded one) {
        return one.failures().isEmpty() && one.effects().stream().noneMatch(Effect::isChange);
    }
}
