package io.imaas.adapter.dsse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imaas.model.failure.FailureException;
import io.imaas.model.record.Envelope;
import io.imaas.model.record.Statement;
import io.imaas.model.record.Statement.SignedStatement;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Envelopes and statements as JSON. Doubled keys, deep nesting and what follows the end are refused. */
final class DsseJson {
    private static final String STATEMENT = "https://in-toto.io/Statement/v1";

    /** As {@code cosign attest} still writes it; the fields that are read are the same. */
    private static final String EARLIER = "https://in-toto.io/Statement/v0.1";

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final int DEPTH = 40;

    /** Parts: the report of a scanner that found ten thousand things has half a million. */
    private static final long MOST = 2_000_000;

    /** Ours have two. Each costs a verification for each key that counts. */
    private static final int MOST_SIGNATURES = 20;

    private static final JsonMapper MAPPER = JsonMapper.builder(new com.fasterxml.jackson.core.JsonFactoryBuilder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH)
                            .maxTokenCount(MOST)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private DsseJson() {}

    /** The payload: the bytes that are signed. */
    static String statement(Statement statement) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("_type", STATEMENT);
        ObjectNode subject = json.putArray("subject").addObject();
        subject.put("name", statement.subject());
        subject.putObject("digest").put("sha256", statement.sha256());
        json.put("predicateType", statement.type());
        json.set("predicate", MAPPER.valueToTree(statement.said()));
        return json.toString();
    }

    static String envelope(Envelope envelope) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("payloadType", envelope.payloadType());
        json.put("payload", DsseStatements.base64(envelope.payload().getBytes(StandardCharsets.UTF_8)));
        ArrayNode signatures = json.putArray("signatures");
        envelope.signatures()
                .forEach(one -> signatures.addObject().put("keyid", one.keyId()).put("sig", one.signature()));
        return json.toPrettyString() + "\n";
    }

    /** @throws FailureException INPUT when it is not an envelope with a statement */
    static SignedStatement read(String text) {
        try {
            JsonNode json = MAPPER.readTree(text);
            Envelope envelope =
                    new Envelope(text(json, "payloadType"), payload(text(json, "payload")), signatures(json));
            if (!envelope.payloadType().equals(Envelope.IN_TOTO)) {
                throw refused("its payload is " + envelope.payloadType() + ", not " + Envelope.IN_TOTO);
            }
            return new SignedStatement(statement(MAPPER.readTree(envelope.payload())), envelope);
        } catch (JsonProcessingException e) {
            throw refused("it is not JSON");
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw refused("its payload is not text in Base64");
        }
    }

    private static Statement statement(JsonNode json) {
        JsonNode subjects = json.path("subject");
        if (!List.of(STATEMENT, EARLIER).contains(text(json, "_type")) || subjects.size() != 1) {
            throw refused("its payload is not a statement of in-toto about one subject");
        }
        String sha256 = text(subjects.path(0).path("digest"), "sha256");
        if (!SHA256.matcher(sha256).matches() || !json.path("predicate").isObject()) {
            throw refused("its statement has no SHA-256 of its subject, or no predicate");
        }
        Map<String, Object> said = MAPPER.convertValue(json.get("predicate"), new TypeReference<>() {});
        return new Statement(text(json, "predicateType"), text(subjects.path(0), "name"), sha256, said);
    }

    private static List<Envelope.Signed> signatures(JsonNode json) {
        List<Envelope.Signed> signatures = new ArrayList<>();
        if (json.path("signatures").size() > MOST_SIGNATURES) {
            throw refused("it has more than " + MOST_SIGNATURES + " signatures");
        }
        json.path("signatures")
                .forEach(one ->
                        signatures.add(new Envelope.Signed(one.path("keyid").asText(""), text(one, "sig"))));
        return signatures;
    }

    private static String payload(String base64) throws CharacterCodingException {
        byte[] bytes = Base64.getDecoder().decode(base64);
        if (!DsseStatements.base64(bytes).equals(base64)) {
            throw new IllegalArgumentException(
                    "there are several ways to write the same bytes, and this is not the one");
        }
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    private static String text(JsonNode json, String key) {
        JsonNode value = json.path(key);
        if (!value.isTextual()) {
            throw refused("it has no '" + key + "'");
        }
        return value.textValue();
    }

    private static FailureException refused(String why) {
        return FailureException.input("this is not a signed statement: " + why, "", "");
    }
}
