package io.imaas.jenkins.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import io.imaas.report.InboxItem;
import io.imaas.report.InboxItem.Kind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitingTest {
    @ParameterizedTest
    @CsvSource({"OVERRIDE, hand?action=confirm&service=api&to=prod", "APPROVAL, ''"})
    void whatCameByForceHasTheFormThatConfirmsIt(Kind kind, String form) {
        Instant now = Instant.parse("2026-11-28T10:00:00Z");
        InboxItem item = new InboxItem(
                new TenantName("orders"),
                new ServiceName("api"),
                new EnvironmentName("prod"),
                kind,
                "@ann passed gates by force",
                now,
                List.of("@acme/admins"),
                "imaas approve api prod --confirm-override --tenant orders");

        assertThat(Waiting.of(item, now).confirm()).isEqualTo(form);
    }
}
