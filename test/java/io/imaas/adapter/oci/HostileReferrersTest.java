package io.imaas.adapter.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.image.ImageSignature;
import io.imaas.testing.Loopback;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody who may push beside an image attaches there hides nothing, leads nowhere and stops nobody. */
class HostileReferrersTest {
    private static final String BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json";
    private static final String PATH = "/v2/orders/api";

    private final Map<String, byte[]> served = new HashMap<>();
    private final Map<String, String> links = new HashMap<>();
    private final Map<String, String> types = new HashMap<>();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final HttpImageRegistry client = new HttpImageRegistry(RegistryCredentials.none());
    private HttpServer server;
    private ImageRef image;

    @BeforeEach
    void start() throws IOException {
        server = Loopback.http();
        server.createContext("/", this::answer);
        server.start();
        image = new ImageRef(
                ImageRepository.parse("127.0.0.1:" + server.getAddress().getPort() + "/orders/api"),
                Digest.of("an image"));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "latest",
                "../../payments/api/manifests/latest",
                "sha256:zz zz{}|^",
                "sha256:{DIGEST}/../../../../payments/api/manifests/x",
                "sha256:{DIGEST}?x=#",
                "SHA256:{DIGEST}",
                "sha512:00",
                "\\u0000"
            })
    void whatIsCalledADigestAndIsNoneIsNotAskedFor(String hostile) {
        String digest = hostile.replace("{DIGEST}", "a".repeat(64));
        String inLayer =
                described(manifest(image.digest(), "{\"mediaType\":\"" + BUNDLE + "\",\"digest\":\"" + digest + "\"}"));
        list(referrer(digest), "null", "7", "[]", "{}", inLayer, sound("{\"dsseEnvelope\":{\"a\":1}}"));
        serve(
                "/manifests/sha256-" + image.digest().hex() + ".sig",
                "{\"layers\":[null,{\"mediaType\":\"application/vnd.dev.cosign.simplesigning.v1+json\",\"digest\":\""
                        + digest + "\",\"annotations\":{\"dev.cosignproject.cosign/signature\":\"AAAA\"}}]}");

        assertThat(client.attached(image, ImageSignature.TYPE)).containsExactly("{\"a\":1}");
        assertThat(client.signatures(image)).isEmpty();
        assertThat(asked).allMatch(path -> path.startsWith(PATH + "/") && !path.contains(".."));
    }

    @Test
    void whatLiesThereForAnotherImageIsNotThisOnes() {
        String bundle = serveBlob("{\"dsseEnvelope\":{\"a\":1}}");
        list(described(manifest(Digest.of("another"), layer(bundle))));

        assertThat(client.attached(image, ImageSignature.TYPE)).isEmpty();
    }

    @Test
    void whatIsGoneOrNoBundleKeepsNobodyFromTheRest() {
        String gone = referrer(Digest.of("gone").value());
        String blobGone =
                described(manifest(image.digest(), layer(Digest.of("gone, too").value())));
        list(
                gone,
                blobGone,
                sound("no JSON"),
                sound("[" + "[],".repeat(20_000) + "1]"),
                sound("{\"dsseEnvelope\":{\"a\":1}}"));

        assertThat(client.attached(image, ImageSignature.TYPE)).containsExactly("{\"a\":1}");
    }

    @Test
    void aStatementThatComesAfterManyOthersIsNotHidden() {
        list(IntStream.rangeClosed(0, 60)
                .mapToObj(i -> sound("{\"dsseEnvelope\":{\"a\":" + i + "}}"))
                .toArray(String[]::new));

        assertThat(client.attached(image, ImageSignature.TYPE))
                .hasSize(61)
                .last()
                .isEqualTo("{\"a\":60}");
    }

    @Test
    void moreThanIsReadIsToldAndNotCutOff() {
        list(IntStream.rangeClosed(0, 200)
                .mapToObj(i -> sound("{\"a\":" + i + "}"))
                .toArray(String[]::new));

        assertThatThrownBy(() -> client.attached(image, ImageSignature.TYPE))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.INPUT))
                .hasMessageContaining("are attached to the image");
    }

    @Test
    void whatIsOnTheNextPageCounts() {
        String first = "/referrers/" + image.digest().value();
        list(sound("{\"dsseEnvelope\":{\"a\":1}}"));
        links.put(PATH + first, "<" + PATH + first + "/2>; rel=\"next\"");
        serve(first + "/2", "{\"manifests\":[" + sound("{\"dsseEnvelope\":{\"a\":2}}") + "]}");
        links.put(PATH + first + "/2", "<http://169.254.169.254/v2/latest/meta-data>; rel=\"next\"");

        assertThat(client.attached(image, ImageSignature.TYPE)).containsExactly("{\"a\":1}", "{\"a\":2}");
    }

    @Test
    void aListOfAMillionThingsFillsNoMemory() {
        serve("/referrers/" + image.digest().value(), "{\"manifests\":[" + "{},".repeat(1_000_000) + "{}]}");

        assertThatThrownBy(() -> client.attached(image, ImageSignature.TYPE)).isInstanceOf(FailureException.class);
    }

    /** The registry serves it, so whoever may push wrote it: what containers are made of is what we have read, or nothing is. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "~ {'manifests':[IMAGE],'layers':[]} ~ an image and a list of images at once",
                "~ {'manifests':[IMAGE],'config':{}} ~ an image and a list of images at once",
                "MANIFEST ~ {'mediaType':'INDEX','manifests':[IMAGE]} ~ and the registry that it is a",
                "~ {'mediaType':'MANIFEST','manifests':[IMAGE]} ~ and is none",
                "~ {'mediaType':'INDEX','config':CONFIG,'layers':[]} ~ and is none",
                "INDEX ~ {'config':CONFIG,'layers':[]} ~ and is none",
                "~ {'config':CONFIG,'layers':[],'Layers':[]} ~ 'Layers' is 'layers' for some",
                "~ {'config':CONFIG,'layer\u017f':[]} ~ is 'layers' for some",
                "~ {'config':CONFIG,'layers':[],'layers':[]} ~ has a name twice",
                "~ {'config':CONFIG,'layers':[]}{} ~ has a name twice",
                "~ {'manifests':[{'Digest':'NONE','digest':'NONE'}]} ~ 'Digest' is 'digest' for some",
                "~ {'manifests':[LIST]} ~ an index within an index",
                "~ {'manifests':[{'digest':'sha512:00','platform':{'os':'linux'}}]} ~ is not an image digest",
                "~ {'manifests':[{'digest':'NONE','platform':{'os':'linux'}}]} ~ the registry has no such image",
                "~ {'manifests':[MANY]} ~ the index holds 101 images",
                "OTHER ~ {'config':CONFIG,'layers':[]} ~ the registry gave the content"
            })
    void anImageThatTwoProgramsMayReadDifferentlyIsRefused(String type, String text, String problem) {
        String config = serveBlob("{'os':'linux','architecture':'amd64','config':{},'history':[]}".replace('\'', '"'));
        String one = entry(manifestText("{'config':{'digest':'" + config + "'},'layers':[]}"), 0);
        String list = entry(manifestText("{'manifests':[" + one + "]}"), 0);
        String manifest = "application/vnd.oci.image.manifest.v1+json";
        String index = "application/vnd.oci.image.index.v1+json";
        String many = IntStream.rangeClosed(0, 100)
                .mapToObj(i -> entry(Digest.of("" + i), i))
                .collect(Collectors.joining(","));
        Digest digest = manifestText(text.replace("IMAGE", one)
                .replace("LIST", list)
                .replace("MANY", many)
                .replace("CONFIG", "{'digest':'" + config + "'}")
                .replace("NONE", Digest.of("none").value())
                .replace("MANIFEST", manifest)
                .replace("INDEX", index));
        if ("OTHER".equals(type)) {
            served.put(PATH + "/manifests/" + image.digest(), served.get(PATH + "/manifests/" + digest));
            digest = image.digest();
        } else if (type != null) {
            types.put(PATH + "/manifests/" + digest, type.equals("INDEX") ? index : manifest);
        }
        ImageRef hostile = new ImageRef(image.repository(), digest);
        RemoteManifests manifests = new RemoteManifests(new RegistryHttp(RegistryCredentials.none()));

        for (ThrowingCallable reading : List.<ThrowingCallable>of(
                () -> client.labels(hostile),
                () -> client.cars(hostile),
                () -> BaseImage.read(hostile, Set.of(), manifests),
                () -> new PushedImage(manifests, hostile, new PushCount(line -> {}))
                        .check(BaseImage.empty(Set.of("linux/amd64"))))) {
            assertThatThrownBy(reading).isInstanceOf(FailureException.class).hasMessageContaining(problem);
        }
    }

    private static String entry(Digest digest, int number) {
        return "{'digest':'" + digest + "','platform':{'os':'linux','architecture':'a" + number + "'}}";
    }

    private Digest manifestText(String quoted) {
        String text = quoted.replace('\'', '"');
        serve("/manifests/" + Digest.of(text), text);
        return Digest.of(text);
    }

    /** A referrer with a bundle of this content. */
    private String sound(String bundle) {
        return described(manifest(image.digest(), layer(serveBlob(bundle))));
    }

    private static String layer(String digest) {
        return "{\"mediaType\":\"" + BUNDLE + "\",\"digest\":\"" + digest + "\"}";
    }

    private static String manifest(Digest subject, String layer) {
        return "{\"subject\":{\"digest\":\"" + subject + "\"},\"layers\":[" + layer + "]}";
    }

    private String described(String manifest) {
        String digest = Digest.of(manifest).value();
        serve("/manifests/" + digest, manifest);
        return referrer(digest);
    }

    private static String referrer(String digest) {
        return "{\"artifactType\":\"" + BUNDLE + "\",\"digest\":\"" + digest
                + "\",\"annotations\":{\"dev.sigstore.bundle.predicateType\":\"" + ImageSignature.TYPE + "\"}}";
    }

    private String serveBlob(String content) {
        String digest = Digest.of(content).value();
        serve("/blobs/" + digest, content);
        return digest;
    }

    private void list(String... referrers) {
        serve(
                "/referrers/" + image.digest().value(),
                List.of(referrers).stream().collect(Collectors.joining(",", "{\"manifests\":[", "]}")));
    }

    private void serve(String path, String content) {
        served.put(PATH + path, content.getBytes(StandardCharsets.UTF_8));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        asked.add(path);
        byte[] body = served.getOrDefault(path, new byte[0]);
        if (types.containsKey(path)) {
            exchange.getResponseHeaders().set("Content-Type", types.get(path));
        }
        if (links.containsKey(path)) {
            exchange.getResponseHeaders().set("Link", links.get(path));
        }
        exchange.sendResponseHeaders(served.containsKey(path) ? 200 : 404, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
