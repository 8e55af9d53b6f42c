package io.imaas.port;

import io.imaas.model.tenancy.HttpGate;
import java.util.Map;

/** Asks other systems over HTTP, within bounds of bytes and time. */
public interface WebQuestions {
    /**
     * @throws io.imaas.model.failure.FailureException EXTERNAL when there is no usable answer (nobody answers, a server error, an
     *     answer that is too long); INPUT when the secret is not there
     */
    Answer ask(HttpGate.Call call);

    /**
     * @param headers names in lower case
     * @param json the body as maps, lists, texts, numbers and booleans; null when it is not JSON
     * @param digest of the body: {@code sha256:} and 64 hexadecimal digits
     */
    record Answer(int status, Map<String, String> headers, Object json, String digest) {}
}
