package io.imaas.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.failure.Problem;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Preview;
import io.imaas.model.tenancy.Previews;
import io.imaas.model.tenancy.Quota;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PreviewFieldsTest {
    private static final String SHARE = "quota: {cpu: 2, memory: 4Gi, pods: 5}";

    private static String file(String tenant, String more) {
        return "tenant: " + tenant + "\nowners: [\"@acme/leads\"]\ncontact: a@example.org\ngitops: https://example.org/"
                + tenant + "-gitops.git\nquota: {cpu: 8, memory: 16Gi, pods: 40}\n" + more;
    }

    private static Read<Catalog> read(String... tenantsAndMore) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("platform.yaml", "platform: acme\nregistries: [registry.example.org/acme]\n");
        for (int i = 0; i < tenantsAndMore.length; i += 2) {
            files.put("tenants/" + tenantsAndMore[i] + ".yaml", file(tenantsAndMore[i], tenantsAndMore[i + 1]));
        }
        return CatalogReader.read(files);
    }

    private static List<String> rules(String... tenantsAndMore) {
        return read(tenantsAndMore).problems().stream()
                .filter(Problem::isError)
                .map(Problem::rule)
                .toList();
    }

    private static String service(String name) {
        return "services: [{name: " + name + ", type: worker, repository: \"https://example.org/" + name + ".git\"}]\n";
    }

    @Test
    void theShareOfTheQuotaIsAllThatMustBeGiven() {
        Tenant tenant = read("orders", "previews: {" + SHARE + "}\n")
                .orThrow()
                .tenants()
                .get(0);

        assertThat(tenant.previews())
                .isEqualTo(new Previews(
                        Duration.ofDays(3),
                        5,
                        new Quota("2", "4Gi", 5),
                        tenant.environments().get(0).name(),
                        ""));
        assertThat(tenant.previewSpace().quota().pods()).isEqualTo(5);
        assertThat(rules("orders", "previews: {max: 3}\n")).isNotEmpty();
    }

    @Test
    void whatCanNotBeIsAnError() {
        assertThat(rules("orders", "delivery: helm\npreviews: {" + SHARE + "}\n"))
                .containsExactly("previews-delivery");
        assertThat(rules("orders", "previews: {like: devv, " + SHARE + "}\n")).containsExactly("unknown-environment");
        assertThat(rules("orders", "previews: {ttl: 0s, " + SHARE + "}\n")).containsExactly("bad-time");
        assertThat(rules("orders", "previews: {max: 0, " + SHARE + "}\n")).hasSize(1);
        assertThat(rules("orders", "previews: {quota: {cpu: 2, memory: 4Gi, pods: 41}}\n"))
                .containsExactly("previews-quota");
        assertThat(rules("orders", "previews: {host: p.example.org, " + SHARE + "}\n"))
                .containsExactly("previews-host");
        assertThat(rules(
                        "orders",
                        "network: {hosts: [\"*.p.example.org\"]}\npreviews: {host: p.example.org, " + SHARE + "}\n"))
                .isEmpty();
        assertThat(rules("orders", "environments: [{name: dev}, {name: preview}]\npreviews: {" + SHARE + "}\n"))
                .contains("previews-environment");
    }

    @Test
    void namesOfPreviewsAreKeptFree() {
        assertThat(rules("orders", service("x-pr-1") + "previews: {" + SHARE + "}\n"))
                .containsExactly("preview-name");
        assertThat(rules("orders", service("x-pr-1")))
                .as("without previews any name will do")
                .isEmpty();
        assertThat(rules(
                        "orders", "previews: {" + SHARE + "}\n",
                        "orders-preview", "environments: [{name: api}]\n" + service("pr-1")))
                .containsExactly("name-collision");
    }

    @Test
    void aNameIsAPreviewsOnlyWhenItIsWholly() {
        assertThat(Preview.of(new ServiceName("order-api-pr-7")))
                .contains(new Preview(new ServiceName("order-api"), 7));
        assertThat(Preview.of(new ServiceName("a-pr-1-pr-2"))).contains(new Preview(new ServiceName("a-pr-1"), 2));
        for (String other :
                List.of("order-api", "order-api-pr-0", "order-api-pr-07", "order-api-pr-12345678", "pr-1", "a--pr-1")) {
            assertThat(Preview.of(new ServiceName(other))).as(other).isEmpty();
        }
    }
}
