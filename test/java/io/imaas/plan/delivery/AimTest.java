package io.imaas.plan.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.source.BranchName;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.source.SourceHead;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Quota;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Service.ServiceType;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import io.imaas.testing.Tenants;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AimTest {
    private static final RepositoryUrl URL = new RepositoryUrl("https://github.com/acme/api.git");

    @ParameterizedTest
    @CsvSource({
        "dev test prod, dev test prod, dev, DELIVER, , dev",
        "dev test prod, dev test prod, main, DELIVER, , dev",
        "dev test prod, dev test prod, master, DELIVER, , dev",
        "dev test prod, dev test prod, test, PROMOTE, dev, test",
        "dev test prod, dev test prod, prod, PROMOTE, test, prod",
        "dev test prod, dev prod, prod, PROMOTE, dev, prod",
        "dev test prod, dev prod, test, NOTHING, , ",
        "dev test prod, test prod, dev, NOTHING, , ",
        "dev test prod, test prod, test, DELIVER, , test",
        "dev test prod, test prod, main, DELIVER, , test",
        "dev main, dev main, main, PROMOTE, dev, main",
        "main prod, main prod, main, DELIVER, , main",
        "dev test prod, dev test prod, Dev, CHECK, , ",
        "dev test prod, dev test prod, dev/x, CHECK, , ",
        "dev test prod, dev test prod, MAIN, CHECK, , ",
        "dev test prod, dev test prod, PR-5, CHECK, , "
    })
    void aBranchSaysWhatItsSourcesAreFor(
            String environments, String path, String branch, Intent intent, String from, String to) {
        Service service = new Service(new ServiceName("api"), URL, ServiceType.GATEWAY, names(path));
        Aim aim = Aim.of(tenant(environments, service), service, new SourceHead.Branch(new BranchName(branch)));

        assertThat(aim.intent()).isEqualTo(intent);
        assertThat(aim.from()).isEqualTo(from == null ? null : new EnvironmentName(from));
        assertThat(aim.to()).isEqualTo(to == null ? null : new EnvironmentName(to));
        assertThat(aim.sentence()).isNotBlank();
    }

    @Test
    void noPullRequestAndNoTagEverReleases() {
        Service service = new Service(new ServiceName("api"), URL, ServiceType.GATEWAY, names("dev test"));
        Tenant tenant = tenant("dev test", service);

        for (boolean fork : List.of(true, false)) {
            assertThat(Aim.of(tenant, service, new SourceHead.PullRequest(1, new BranchName("dev"), fork)))
                    .extracting(Aim::intent)
                    .isEqualTo(Intent.CHECK);
        }
        assertThat(Aim.of(tenant, service, new SourceHead.Tag("dev")).intent()).isEqualTo(Intent.IMAGE);
    }

    private static Tenant tenant(String environments, Service service) {
        return Tenants.tenant(
                new TenantName("orders"),
                "",
                List.of(),
                "",
                URL,
                Stream.of(environments.split(" "))
                        .map(name -> new Environment(
                                new EnvironmentName(name), List.of(), 1, List.of(), Duration.ZERO, false, false))
                        .toList(),
                new Quota("1", "1Gi", 1),
                List.of(),
                List.of(service));
    }

    private static List<EnvironmentName> names(String path) {
        return Arrays.stream(path.split(" ")).map(EnvironmentName::new).toList();
    }
}
