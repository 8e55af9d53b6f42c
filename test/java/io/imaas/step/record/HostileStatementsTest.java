package io.imaas.step.record;

import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imaas.model.identity.Actor.Proof;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ScanReport;
import io.imaas.model.image.Vulnerability;
import io.imaas.model.image.Vulnerability.Severity;
import io.imaas.model.record.Envelope;
import io.imaas.model.record.ListedKey;
import io.imaas.model.record.Statement;
import io.imaas.model.record.Trust;
import io.imaas.model.rollout.Approval;
import io.imaas.model.rollout.BuildOrigin;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.rollout.Provenance;
import io.imaas.model.rollout.ReviewRecord;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.CycloneDx;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import io.imaas.port.SignedStatements;
import io.imaas.testing.TestKey;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Every part of every kind of statement, replaced by whatever JSON has. Whoever may push to a registry may put such a statement
 * there, and it is read before its signature is checked: it must end nothing.
 */
class HostileStatementsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant THEN = Instant.parse("2026-11-20T10:00:00Z");
    private static final ServiceName API = new ServiceName("api");
    private static final EnvironmentName DEV = new EnvironmentName("dev");
    private static final CommitId COMMIT = new CommitId("c".repeat(40));
    private static final TenantName ORDERS = new TenantName("orders");
    private static final ImageRef IMAGE =
            ImageRef.parse("registry.example.org/acme/orders/api@sha256:" + "a".repeat(64));
    private static final List<String> HOSTILE =
            List.of("null", "-1e999", "\"\"", "\"\\ud800\"", "[]", "[null]", "{\"a\":{}}", "[{}]");

    /** As if everybody's signature counted, so that what is said is looked at as well. */
    private final Records records = new Records(
            believing(), new Trust(List.of(ListedKey.always(TestKey.statements().ownKey())), List.of()), ORDERS);

    private static SignedStatements believing() {
        return (SignedStatements) Proxy.newProxyInstance(
                SignedStatements.class.getClassLoader(),
                new Class<?>[] {SignedStatements.class},
                (proxy, method, given) -> told(method, given));
    }

    private static Object told(Method method, Object[] given) throws Throwable {
        if (method.getName().equals("signed")) {
            return true;
        }
        try {
            return method.invoke(TestKey.statements(), given);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static List<Statement> statements() {
        HealthRecord health =
                new HealthRecord(API, DEV, IMAGE.digest(), HealthRecord.Status.DEGRADED, COMMIT, THEN, "seen");
        Approval yes = new Approval(
                API, DEV, "f".repeat(64), Approval.Verdict.YES, "@ann", "@acme/leads", Proof.JENKINS, "", THEN, "");
        BuildOrigin origin = new BuildOrigin(
                ORDERS, API, "https://git.example.org/api.git", COMMIT, "main", "", "base", "builder", "key", "7");
        ScanReport report =
                new ScanReport("trivy", THEN, "x", List.of(new Vulnerability("CVE-1", Severity.HIGH, "zlib", "")));
        return List.of(
                health.statement(ORDERS),
                yes.statement(ORDERS),
                new ReviewRecord(DEV, COMMIT, THEN).statement(ORDERS),
                new Provenance(origin, IMAGE, "1.0.0", "passed", THEN).statement(),
                ScanReports.statement(IMAGE, report),
                new Statement(
                        CycloneDx.TYPE,
                        "api",
                        IMAGE.digest().hex(),
                        Map.of("metadata", Map.of("timestamp", "" + THEN))));
    }

    private void read(String text) {
        List<String> paths = List.of(
                GitOpsPaths.health(API, DEV, IMAGE.digest()),
                GitOpsPaths.approvals(DEV, "f".repeat(64)) + "/ann.json",
                ReviewRecord.path(DEV),
                "elsewhere");
        paths.forEach(path -> records.unbelieved(Map.of(path, text), THEN.plusSeconds(60)));
        records.provenances(IMAGE, List.of(text));
        records.bills(IMAGE, List.of(text));
        records.signed(IMAGE, List.of(text));
        new ScanReports(records.format(), List.of(), Trust.NONE).of(IMAGE, List.of(text));
    }

    private static String envelope(JsonNode said) {
        String payload = Base64.getEncoder().encodeToString(said.toString().getBytes(StandardCharsets.UTF_8));
        return "{\"payloadType\": \"" + Envelope.IN_TOTO + "\", \"payload\": \"" + payload
                + "\", \"signatures\": [{\"keyid\": \"\", \"sig\": \"AAAA\"}]}";
    }

    /** Each part of it, as something to put another one in its place. */
    private static List<Consumer<JsonNode>> parts(JsonNode node) {
        List<Consumer<JsonNode>> found = new ArrayList<>();
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> {
                found.add(other -> object.set(name, other));
                found.addAll(parts(object.get(name)));
            });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int at = i;
                found.add(other -> array.set(at, other));
                found.addAll(parts(array.get(i)));
            }
        }
        return found;
    }

    private void replaced(String whole, Function<JsonNode, String> written) throws IOException {
        int count = parts(JSON.readTree(whole)).size();
        for (int i = 0; i < count; i++) {
            for (String other : HOSTILE) {
                JsonNode tree = JSON.readTree(whole);
                parts(tree).get(i).accept(JSON.readTree(other));
                String text = written.apply(tree);
                assertThatCode(() -> read(text)).as(tree.toString()).doesNotThrowAnyException();
            }
        }
    }

    @Test
    void noPartOfAStatementEndsAnythingWhateverStandsInItsPlace() throws IOException {
        for (Statement statement : statements()) {
            replaced(TestKey.payload(TestKey.statements().sign(statement)), HostileStatementsTest::envelope);
        }
    }

    @Test
    void norDoesAnyPartOfAnEnvelope() throws IOException {
        replaced(TestKey.statements().sign(statements().get(0)), JsonNode::toString);
    }
}
