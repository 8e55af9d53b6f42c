package io.imaas.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.failure.Problem;
import io.imaas.model.tenancy.Catalog;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EgressTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "~ 8.8.8.0/24 ~ ''",
                "~ 8.0.0.0/7 ~ ''",
                "~ 2001:db8::/32 ~ ''",
                "~ shared ~ ''",
                "~ 0.0.0.0/0 ~ may call 0.0.0.0/0, which has addresses of clusters",
                "~ 8.0.0.0/5 ~ which has addresses of clusters",
                "~ 10.1.0.0/16 ~ ask an admin to list all that tenants may call",
                "~ 169.254.169.254/32 ~ which has addresses of clusters",
                "~ 255.255.255.255/32 ~ which has addresses of clusters",
                "~ '::/0' ~ which has addresses of clusters",
                "~ '::ffff:10.0.0.1/32' ~ which has addresses of clusters",
                "~ 'fd00:ec2::254/128' ~ which has addresses of clusters",
                "~ '64:ff9b::a9fe:a9fe/128' ~ which has addresses of clusters",
                "~ kube-system ~ which has addresses of clusters",
                "egress: [kube-system, 0.0.0.0/0] ~ kube-system ~ ''",
                "egress: [kube-system, 0.0.0.0/0] ~ 10.1.0.0/16 ~ ''",
                "~ 300.1.1.1/16 ~ is no range of addresses",
                "~ 10.1.0.0/33 ~ is no range of addresses",
                "~ fade.cafe/8 ~ is no range of addresses",
                "~ 1.2/8 ~ is no range of addresses",
                "egress: [] ~ shared ~ remove it, or ask an admin",
                "egress: [10.0.0.0/8, shared] ~ shared ~ ''",
                "egress: [10.0.0.0/8, shared] ~ shared-too ~ lets them call 10.0.0.0/8, shared;",
                "egress: [10.0.0.0/8, shared] ~ 10.1.2.3/32 ~ ''",
                "egress: [10.0.0.0/8, shared] ~ 10.0.0.0/7 ~ no tenant's services may call 10.0.0.0/7",
                "egress: [10.0.0.0/8, shared] ~ 169.254.169.254/32 ~ no tenant's services may call",
                "egress: [10.0.0.0/8, shared] ~ 0.0.0.0/0 ~ no tenant's services may call",
                "egress: [10.0.0.0/8] ~ '::ffff:10.0.0.1/32' ~ ''",
                "egress: [10.0.0.0/8] ~ '::ffff:10.0.0.1/128' ~ is no range of addresses",
                "egress: ['fd00::/8'] ~ 'fd00:1::/32' ~ ''",
                "egress: ['fd00::/8'] ~ '::/0' ~ no tenant's services may call"
            })
    void servicesCallWhatThePlatformLetsThemCall(String platform, String egress, String problem) {
        Read<Catalog> read = CatalogReader.read(Map.of(
                "platform.yaml",
                "platform: acme\nregistries: [registry.example.org/acme]\npolicy: {"
                        + (platform == null ? "" : platform)
                        + "}\ndefaults: {quota: {cpu: 8, memory: 16Gi, pods: 20}}\n",
                "tenants/orders.yaml",
                "tenant: orders\nowners: [\"@acme/leads\"]\ncontact: a@example.org\n"
                        + "gitops: https://git.example.org/orders.git\nservices: []\n"
                        + "network: {egress: [\"" + egress + "\"]}\n"));

        List<String> told = read instanceof Read.Bad<Catalog> bad
                ? bad.problems().stream().map(Problem::toString).toList()
                : List.of();
        if (problem.isEmpty()) {
            assertThat(told).isEmpty();
        } else {
            assertThat(told).singleElement().asString().contains("tenants/orders.yaml", problem);
        }
    }
}
