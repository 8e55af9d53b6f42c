package io.imaas.server.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.identity.Secret;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The example of GitHub's documentation, "Validating webhook deliveries". */
class GitHubHookTest {
    private static final Secret SECRET = new Secret("It's a Secret to Everybody");
    private static final String RIGHT = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

    @Test
    void aWebhookIsKnownByItsSignature() {
        assertThat(isValid("Hello, World!", RIGHT)).isTrue();
        assertThat(isValid("Hello, World!", RIGHT.replace("75", "76"))).isFalse();
        assertThat(isValid("Hello", RIGHT)).isFalse();
        assertThat(isValid("Hello, World!", null)).isFalse();
        assertThat(isValid("Hello, World!", "sha1=00")).isFalse();
    }

    private static boolean isValid(String body, String signature) {
        Delivery delivery = new Delivery(
                name -> name.equals("X-Hub-Signature-256") ? signature : null, body.getBytes(StandardCharsets.UTF_8));
        return Hooks.find("github").orElseThrow().proof().test(delivery, SECRET);
    }
}
