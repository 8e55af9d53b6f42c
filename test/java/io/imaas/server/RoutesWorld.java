package io.imaas.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.app.access.Accounts;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Every address that the server has, asked by people who see one tenant alone. */
abstract class RoutesWorld {
    /** What anybody may ask, since it tells of no tenant; hooks prove themselves by their signature. */
    static final Set<String> PUBLIC = Set.of(
            "GET /healthz",
            "GET /readyz",
            "GET /metrics",
            "GET /assets/pages.css",
            "GET /assets/live.js",
            "GET /login",
            "POST /login",
            "GET /api/v1/login",
            "POST /hooks/{kind}");

    static final String QUERY =
            "?q=TENANT&kind=approval&days=30&limit=100&after=0&newer=dev&older=prod&environment=dev&page=0&wait=0&intent=promote&services=TENANT-api&from=dev&to=prod";
    static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([0-9a-f]+)\"");

    /** SHA-256 of {@code a}. */
    static final Accounts ACCOUNTS = Accounts.read(
            "tokens: [{name: '@ann', tenants: [orders], roles: ['@acme/orders-leads'],"
                    + " may: [promote, approve, rollback, resume, release, review, onboard, preview],"
                    + " sha256: ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb}]\n",
            "tokens.yaml");

    @TempDir
    static Path folder;

    static TwoTenants served;
    static String session;
    static String csrf;

    /** Printed as the test's name. */
    record Asked(HandlerType method, String path) {
        static Asked of(Endpoint endpoint) {
            return new Asked(endpoint.method, endpoint.path);
        }

        boolean isPage() {
            return !path.startsWith("/api/");
        }

        boolean isOfTenant() {
            return path.contains("{tenant}");
        }

        HttpRequest.Builder about(String tenant) {
            String address = path.replace("{tenant}", tenant)
                    .replace("{service}", tenant + "-api")
                    .replace("{kind}", "github")
                    .replace("{key}", "k");
            assertThat(address).as("this test does not know the parameter").doesNotContain("{");
            HttpRequest.Builder request = served.to(address + QUERY.replace("TENANT", tenant))
                    .header("Accept", "text/html")
                    .header("Sec-Fetch-Site", "same-origin");
            if (method.equals(HandlerType.GET)) {
                return request;
            }
            boolean json = path.startsWith("/api/");
            String fields = "intent=promote&services=" + tenant + "-api&from=dev&to=prod&key=k&basis=b&csrf=" + csrf;
            return request.header("Idempotency-Key", "k")
                    .header("Content-Type", json ? "application/json" : "application/x-www-form-urlencoded")
                    .method(
                            method.name(),
                            BodyPublishers.ofString(
                                    json
                                            ? "{\"from\":\"dev\",\"to\":\"prod\",\"as\":\"@acme/orders-leads\"}"
                                            : fields));
        }

        @Override
        public String toString() {
            return method.name() + " " + path;
        }
    }

    @BeforeAll
    static void start() {
        served = new TwoTenants(folder, null, () -> Optional.of(ACCOUNTS), Optional.empty());
        HttpResponse<String> begun = served.send(served.to("/login")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Sec-Fetch-Site", "same-origin")
                .POST(BodyPublishers.ofString("token=a")));
        session = begun.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
        Matcher found = CSRF.matcher(asAnn(served.to("/")).body());
        assertThat(found.find()).isTrue();
        csrf = found.group(1);
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    static HttpResponse<String> asAnn(HttpRequest.Builder request) {
        return served.send(request.header("Cookie", session));
    }

    static Stream<Asked> notPublic() {
        return routes().stream().filter(each -> !PUBLIC.contains(each.toString()));
    }

    static List<Asked> routes() {
        return served.server.javalin.unsafe.internalRouter.allHttpHandlers().stream()
                .map(each -> Asked.of(each.endpoint))
                .filter(each -> each.method().isHttpMethod())
                .toList();
    }
}
