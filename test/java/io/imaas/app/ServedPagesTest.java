package io.imaas.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.oidc.OidcProvider;
import io.imaas.adapter.oidc.OidcSettings;
import io.imaas.catalog.CatalogReader;
import io.imaas.model.event.CloudEvent;
import io.imaas.model.event.CloudEvent.StoredEvent;
import io.imaas.model.identity.Secret;
import io.imaas.model.rollout.Release;
import io.imaas.model.tenancy.Catalog;
import io.imaas.server.ServerSettings;
import io.imaas.testing.Await;
import io.imaas.testing.Git;
import io.imaas.testing.TestIssuer;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people do on pages, over a real repository and as a browser without JavaScript does it: by forms. */
class ServedPagesTest extends ServedWorld {
    private static final Pattern FORM =
            Pattern.compile("<form method=\"(?:get|post)\" action=\"([^\"]+)\">(.*?)</form>", Pattern.DOTALL);
    private static final Pattern FIELD = Pattern.compile("<input type=\"hidden\" name=\"(\\w+)\" value=\"([^\"]*)\">");

    private TestIssuer issuer;

    /** A form of a page, as a browser knows it. */
    private record Form(String address, Map<String, String> fields) {
        Form with(String name, String value) {
            Map<String, String> more = new HashMap<>(fields);
            more.put(name, value);
            return new Form(address, more);
        }
    }

    @Override
    void prepare() {
        healthy();
        issuer = new TestIssuer();
    }

    @Override
    Catalog read() {
        Map<String, String> files = world.metadata();
        files.replaceAll((path, text) -> text.replace("{name: test}", "{name: test, approvers: ['@acme/managers']}"));
        files.computeIfPresent("platform.yaml", (path, text) -> text + "access: {auditors: ['@otto']}\n");
        return CatalogReader.read(files).orThrow();
    }

    @Override
    ServerSettings settings() {
        OidcSettings settings = new OidcSettings(
                issuer.address(),
                TestIssuer.CLIENT,
                Optional.of(new Secret(TestIssuer.SECRET)),
                "preferred_username",
                "groups");
        return new ServerSettings(
                "127.0.0.1",
                0,
                null,
                new Secret("hooks"),
                100,
                Optional::empty,
                Optional.of(new OidcProvider(settings, world.clock())));
    }

    @Override
    @AfterEach
    void stop() {
        super.stop();
        issuer.close();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (java.io.IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private HttpRequest.Builder to(String path, String cookie) {
        return HttpRequest.newBuilder(server.address().resolve(path))
                .header("Accept", "text/html")
                .header("Cookie", cookie);
    }

    private static String cookies(HttpResponse<?> answer) {
        return answer.headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.split(";")[0])
                .filter(cookie -> !cookie.endsWith("="))
                .collect(Collectors.joining("; "));
    }

    private String login(String name, String... groups) {
        issuer.person(name, List.of(groups));
        HttpResponse<String> begun = send(to("/login/provider", "x=y"));
        URI back = TestIssuer.location(send(HttpRequest.newBuilder(TestIssuer.location(begun))));
        return cookies(send(to(back.getRawPath() + "?" + back.getRawQuery(), cookies(begun))));
    }

    private String page(String path, String cookie) {
        return open(path, cookie).body();
    }

    /** As soon as more is known than that it is being read. */
    private HttpResponse<String> open(String path, String cookie) {
        AtomicReference<HttpResponse<String>> page = new AtomicReference<>();
        Await.until(() -> {
            page.set(send(to(path, cookie)));
            return page.get().statusCode() != 202;
        });
        return page.get();
    }

    /** The page as soon as it has a text. */
    private String page(String path, String cookie, String text) throws InterruptedException {
        AtomicReference<String> page = new AtomicReference<>();
        Await.until(
                () -> {
                    page.set(page(path, cookie));
                    return page.get().contains(text);
                },
                () -> text + " is not in " + page);
        return page.get();
    }

    /** The form of a page that has a text. */
    private static Form form(String page, String text) {
        Matcher forms = FORM.matcher(page);
        while (forms.find()) {
            if (forms.group(2).contains(text)) {
                Map<String, String> fields = new HashMap<>();
                Matcher found = FIELD.matcher(forms.group(2));
                while (found.find()) {
                    fields.put(
                            found.group(1), found.group(2).replace("&lt;", "<").replace("&gt;", ">"));
                }
                return new Form(forms.group(1), fields);
            }
        }
        throw new AssertionError("no form with " + text + " in " + page);
    }

    private HttpResponse<String> send(Form form, String cookie) {
        String body = form.fields().entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        if (form.address().endsWith("/plan")) {
            return open(form.address() + "?" + body, cookie);
        }
        HttpResponse<String> asked = send(to(form.address(), cookie)
                .header("Sec-Fetch-Site", "same-origin")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        return asked.statusCode() == 303
                ? open(asked.headers().firstValue("Location").orElseThrow(), cookie)
                : asked;
    }

    @Test
    void anApprovalAndAPromotionAreShownFirstAndThenDoneOnce() throws Exception {
        String rita = login("rita", "acme:managers", "acme:leads");
        Form approve = form(page("/inbox", rita, "Approve order-api for test"), "Approve order-api for test");
        String plan = send(approve, rita).body();
        assertThat(plan).contains("Approve order-api for test", "Manifests of order-api", "nothing was done yet");
        assertThat(log.last()).isZero();
        HttpResponse<String> approved = send(form(plan, "Do it"), rita);
        assertThat(approved.statusCode()).as(approved.body()).isEqualTo(200);
        assertThat(approved.body()).contains("done", "Commit");
        assertThat(Git.in(folder.resolve("gitops.git")).run("log", "-1", "--format=%B", "imaas/records"))
                .contains("by @rita as @acme/managers");

        Form promote = form(page("/tenants/orders", rita, "Promote order-api to test"), "Promote order-api to test");
        Form confirm = form(send(promote, rita).body(), "Do it");
        assertThat(world.has("test")).isFalse();
        String done = send(confirm, rita).body();
        assertThat(done).contains("done", "Commit");
        assertThat(send(confirm, rita).body()).isEqualTo(done);
        assertThat(world.git("test", "release.yaml")).contains("1.0.0");
        assertThat(log.after(0, 100))
                .extracting(stored -> stored.event().type())
                .containsExactly("request.accepted", "request.ended", "request.accepted", "request.ended");
        assertThat(page("/tenants/orders", rita)).contains("href=\"/tenants/orders/audit\"");
        assertThat(page("/tenants/orders/audit?days=7", rita))
                .contains(
                        "order-api",
                        "data-label=\"In\">test<",
                        "data-label=\"Change\">1.0.0<",
                        "@rita as @acme/managers",
                        "@rita asked for it and agreed to it");
        assertThat(page("/tenants/orders/audit.csv", rita)).startsWith("violations,at,service");
        assertThat(send(to("/tenants/orders/audit", login("eve"))).statusCode()).isEqualTo(404);
        assertThat(page("/tenants/orders/services/order-api", rita, "evidence?environment=test"))
                .contains("evidence?environment=dev");
        HttpResponse<String> evidence =
                send(to("/api/v1/tenants/orders/services/order-api/evidence?environment=test", rita));
        assertThat(evidence.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"orders-order-api-test-evidence.json\"");
        assertThat(log.after(0, 100))
                .extracting(StoredEvent::event)
                .allMatch(event -> "@rita".equals(event.data().get("by"))
                        && "OIDC".equals(event.data().get("proof")));
    }

    @Test
    void whatIsKnownIsShownWithItsAgeWhileGitHangs() throws Exception {
        String rita = login("rita", "acme:leads");
        assertThat(page("/tenants/orders/audit", rita)).contains("order-api", "As of 0 s ago.");
        gitAnswers = new CountDownLatch(1);
        try {
            world.clock().pause(Duration.ofMinutes(5));
            assertThat(page("/tenants/orders/audit", rita))
                    .contains("order-api", "As of 5 min ago; it is being read again.");
            HttpResponse<String> old = send(to("/api/v1/tenants/orders/audit?wait=0", rita));
            assertThat(old.headers().firstValue("Age")).hasValue("300");
            world.clock().pause(Duration.ofMinutes(1));
            HttpResponse<String> open = send(to("/tenants/orders/audit?days=7", rita));
            assertThat(open.statusCode()).isEqualTo(202);
            world.clock().pause(Duration.ofMinutes(1));
            assertThat(send(to("/tenants/orders/audit?days=7", rita)).body()).contains("Nothing answered for 60 s");
        } finally {
            gitAnswers.countDown();
        }
        page("/tenants/orders/audit", rita, "As of 0 s ago.");
    }

    @Test
    void aRefusalHasItsReasonAndARollbackAndItsEndAreButtons() throws Exception {
        String rita = login("rita", "acme/managers", "acme/leads");
        Form refuse = form(page("/inbox", rita, "Refuse order-api for test"), "aria-label=\"Refuse")
                .with("refuse", "not in <May>");
        HttpResponse<String> refused = send(form(send(refuse, rita).body(), "Do it"), rita);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(200);
        assertThat(page("/inbox", rita, "not in &lt;May&gt;")).doesNotContain("<May>");

        world.released("dev", world.release("2.0.0", null));
        log.append(List.of(new CloudEvent(
                        "moved", "/test", "branch.pushed", "dev", world.clock().now(), "orders", Map.of())))
                .join();
        Form back = form(page("/tenants/orders/services/order-api", rita, "order-api 2.0.0"), "Roll back to this")
                .with("reason", "it fails");
        String plan = send(back, rita).body();
        assertThat(send(form(plan, "Do it"), rita).statusCode()).as(plan).isEqualTo(200);
        assertThat(world.git("dev", "release.yaml")).contains("1.0.0");
        Form resume = form(page("/tenants/orders", rita, "Resume order-api in dev"), "Resume order-api in dev");
        HttpResponse<String> resumed = send(form(send(resume, rita).body(), "Do it"), rita);
        assertThat(resumed.statusCode()).as(resumed.body()).isEqualTo(200);
    }

    @Test
    void whatChangedSinceItWasShownIsNotDone() throws Exception {
        String rita = login("rita", "acme:managers");
        Form confirm = form(
                send(form(page("/inbox", rita, "Approve order-api"), "Approve order-api"), rita)
                        .body(),
                "Do it");
        Release two = world.release("2.0.0", null);
        world.healthy("dev", two, world.released("dev", two));
        HttpResponse<String> late = send(confirm, rita);
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(late.body()).contains("something changed since this plan was shown");
        assertThat(send(confirm.with("basis", "").with("key", "k"), rita).statusCode())
                .isEqualTo(400);
        assertThat(log.after(0, 100))
                .extracting(stored -> stored.event().type())
                .containsExactly("request.accepted", "request.failed");
    }

    @Test
    void whoMayNotSeesNoButtonAndAForgedFormIsRefused() throws Exception {
        String rita = login("rita", "acme:managers", "acme:leads");
        Form approve = form(page("/inbox", rita, "Approve order-api"), "Approve order-api");
        String otto = login("otto");
        assertThat(page("/inbox", otto, "order-api"))
                .contains("Log out")
                .doesNotContain("Approve order-api", "/plan\"");
        HttpResponse<String> forged = send(approve, otto);
        assertThat(forged.statusCode()).isEqualTo(403);
        assertThat(forged.body()).contains("@otto may not approve");
        Form confirm = form(send(approve, rita).body(), "Do it");
        assertThat(send(confirm, otto).statusCode()).isEqualTo(403);
        String own = form(page("/", otto), "Log out").fields().get("csrf");
        assertThat(send(confirm.with("csrf", own), otto).body()).contains("@otto may not approve");
        String eve = login("eve");
        String hers = form(page("/", eve), "Log out").fields().get("csrf");
        assertThat(send(approve, eve).statusCode()).isEqualTo(404);
        assertThat(send(confirm.with("csrf", hers), eve).statusCode()).isEqualTo(404);
        assertThat(send(confirm.with("csrf", ""), rita).statusCode()).isEqualTo(403);
        assertThat(send(to(confirm.address() + "/" + confirm.fields().get("key"), rita))
                        .statusCode())
                .as("nothing was asked for yet")
                .isEqualTo(404);
        assertThat(send(approve.with("as", "@acme/leaders"), rita).body()).contains("@rita is not @acme/leaders");
        assertThat(send(approve.with("intent", "release"), rita).statusCode()).isEqualTo(400);
        assertThat(log.last()).isZero();
    }

    @Test
    void whatIsAskedOfATenantIsAButtonWhateverWaits() throws Exception {
        String rita = login("rita", "acme:managers", "acme:leads");
        String orders = page("/tenants/orders", rita, "Promote the chart in orders");
        Form chart = form(orders, "Promote the chart in orders").with("to", "dev");
        assertThat(send(chart, rita).body())
                .contains("Promote the chart of orders", "nothing was rendered there yet", "There is nothing to do.")
                .doesNotContain("Do it");
        Form approval = form(orders, "Approve the chart in orders");
        assertThat(approval.fields()).containsEntry("chart", "true").containsEntry("intent", "approve");
        assertThat(orders).contains("<option>test</option></select>");

        Form release = form(page("/tenants/orders/services/order-api", rita), "Release an image of order-api")
                .with("environment", "dev")
                .with("image", world.release("3.0.0", null).image().toString())
                .with("version", "3.0.0");
        HttpResponse<String> released = send(form(send(release, rita).body(), "Do it"), rita);
        assertThat(released.statusCode()).as(released.body()).isEqualTo(200);
        assertThat(world.git("dev", "release.yaml")).contains("3.0.0");
        assertThat(send(release.with("image", "registry.example/x:latest"), rita)
                        .statusCode())
                .isEqualTo(400);

        Form review = form(orders, "Review what people pushed in orders").with("environment", "dev");
        assertThat(send(review, rita).body()).contains("dev", "nothing was done yet");
        assertThat(page("/tenants/orders/previews", rita)).contains("No pull request runs on trial");
        HttpResponse<String> drift = open("/tenants/orders/drift", rita);
        assertThat(drift.statusCode()).isEqualTo(400);
        assertThat(drift.body()).contains("start the server with --kubernetes");
        String otto = login("otto");
        assertThat(page("/tenants/orders", otto, "What runs where"))
                .contains("/tenants/orders/drift")
                .doesNotContain("the chart", "Review what");
        assertThat(send(chart, otto).statusCode()).isEqualTo(403);
    }

    @Test
    void anOwnerMayPromoteAndNotApprove() throws Exception {
        String olga = login("olga", "acme:leads");
        assertThat(page("/inbox", olga, "order-api")).doesNotContain("Approve order-api");
        HttpResponse<String> closed = send(
                new Form(
                        "/tenants/orders/plan",
                        Map.of("intent", "promote", "services", "order-api", "from", "dev", "to", "test")),
                olga);
        assertThat(closed.body())
                .contains("A gate is closed", "approval closed")
                .doesNotContain("Do it");
    }
}
