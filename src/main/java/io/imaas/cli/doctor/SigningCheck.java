package io.imaas.cli.doctor;

import io.imaas.model.identity.SigningKey;
import io.imaas.model.record.Statement;
import io.imaas.model.record.Trust;
import io.imaas.port.Clock;
import io.imaas.port.SignedStatements;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether this orchestrator can sign, and what it signs now is verified with a key that the platform publishes. */
record SigningCheck(SignedStatements statements, Trust trust, Clock clock) implements Supplier<CheckResult> {
    @Override
    public CheckResult get() {
        if (statements.key().isEmpty()) {
            return CheckResult.warn(
                    "there is no key yet", "make it with 'imaas key', and list it under 'orchestrators'");
        }
        SigningKey key = statements.ownKey();
        Statement trial = new Statement(
                "urn:imaas:record:trial:v1",
                "imaas doctor",
                "0".repeat(64),
                Map.of(Statement.AT, clock.now().toString()));
        String publish = "add to 'orchestrators' in platform.yaml: " + key.listed();
        String signed = statements.sign(trial);
        Optional<String> doubt = trust.orElse(Optional.of(key)).doubt(statements.read(signed), statements::signed);
        if (doubt.isPresent()) {
            return CheckResult.warn(
                    "what this orchestrator signs counts for nothing: " + doubt.get(),
                    trust.lists(key) ? "sign with the key that follows it: --key FILE, or IMAAS_KEY" : publish);
        }
        return trust.orchestrators().isEmpty()
                ? CheckResult.warn(
                        "it signs, and platform.yaml lists no key: nobody else believes its records and commits, and it"
                                + " believes nobody else's",
                        publish)
                : CheckResult.ok("what was signed just now is verified with a key of platform.yaml");
    }
}
