package io.imaas.model.rollout;

import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Actor.Proof;
import io.imaas.model.identity.PersonName;
import io.imaas.model.record.Statement;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A person's yes or no to one content in one environment. Any later change of that content has another fingerprint, and so
 * no approval.
 *
 * @param fingerprint of what was agreed to, in 64 hexadecimal digits
 * @param verdict the person's last word: another one replaces it
 * @param by the person, {@code @user}
 * @param as the approver they count as: a team they are of, or they themselves
 * @param proof how it was proven who they are
 * @param reason why not, why it counts no more, or which gates were passed by force and why; empty otherwise
 * @param shown what the person was shown of the difference, a line an object; empty where it was not about one
 */
public record Approval(
        ServiceName service,
        EnvironmentName environment,
        String fingerprint,
        Verdict verdict,
        String by,
        String as,
        Proof proof,
        String reason,
        Instant at,
        String shown)
        implements Serializable {
    private static final Pattern PLAIN = Pattern.compile("[a-z0-9][a-z0-9._-]{0,60}");

    /** What somebody says. */
    public enum Verdict {
        YES("urn:imaas:record:approval:v1"),
        NO("urn:imaas:record:refusal:v1"),
        /** Neither any more. */
        WITHDRAWN("urn:imaas:record:withdrawal:v1"),
        /** A yes that counts no more, because what it was said to was rolled back. */
        VOID("urn:imaas:record:void:v1"),
        /** Let it pass, whatever gates say: nobody's yes, and told until a second person confirms it. */
        OVERRIDE("urn:imaas:record:override:v1"),
        /** It was right that somebody else let it pass by force. */
        CONFIRMED("urn:imaas:record:override-confirmation:v1"),
        /** Nobody's word: since then another system is asked, by the gate that it is said as. */
        ASKED("urn:imaas:record:question:v1");

        private final String type;

        private String words() {
            return switch (this) {
                case YES -> "approved";
                case NO -> "refused";
                case WITHDRAWN -> "word withdrawn";
                case VOID -> "approval void";
                case OVERRIDE -> "passed by force";
                case CONFIRMED -> "override confirmed";
                case ASKED -> "asked";
            };
        }

        Verdict(String type) {
            this.type = type;
        }
    }

    /** The same person's yes, which counts no more. */
    public Approval voided(String why, Instant when) {
        return new Approval(service, environment, fingerprint, Verdict.VOID, by, as, proof, why, when, shown);
    }

    /** For people: who, as what, when, and how that is known. */
    public String sentence() {
        return verdict.words() + " by " + by + " as " + as + " at " + at.truncatedTo(ChronoUnit.SECONDS) + " ("
                + proof.word() + ")" + (reason.isEmpty() ? "" : ": " + reason);
    }

    /** What is signed and kept at {@link #path}. */
    public Statement statement(TenantName tenant) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("tenant", tenant.value());
        said.put("service", service.value());
        said.put("environment", environment.value());
        said.put("by", by);
        said.put("as", as);
        said.put("proof", proof.written());
        said.put(Statement.AT, at.toString());
        if (!reason.isEmpty()) {
            said.put("reason", reason);
        }
        if (!shown.isEmpty()) {
            said.put("shown", shown);
        }
        return new Statement(verdict.type, tenant + "/" + service + "/" + environment, fingerprint, said);
    }

    /** On the records branch: one file a person, so that a second word replaces the first. Of overrides nothing is replaced. */
    public String path() {
        return switch (verdict) {
            case OVERRIDE, CONFIRMED -> GitOpsPaths.overrides(environment, fingerprint) + "/" + personFile(by, at);
            case ASKED -> GitOpsPaths.approvals(environment, fingerprint) + "/_gate-" + personFile(as);
            case YES, NO, WITHDRAWN, VOID -> GitOpsPaths.approvals(environment, fingerprint) + "/" + personFile(by);
        };
    }

    /**
     * Reads {@link #statement}.
     *
     * @throws FailureException INPUT when it is not a statement of an approval
     */
    public static Approval of(Statement statement) {
        for (Verdict verdict : Verdict.values()) {
            if (verdict.type.equals(statement.type())) {
                return of(verdict, statement);
            }
        }
        throw FailureException.input("this is not an approval: " + statement.type(), "", "");
    }

    private static Approval of(Verdict verdict, Statement statement) {
        try {
            return new Approval(
                    new ServiceName(statement.text("service")),
                    new EnvironmentName(statement.text("environment")),
                    statement.sha256(),
                    verdict,
                    statement.text("by"),
                    statement.text("as"),
                    Proof.read(statement.text("proof"))
                            .orElseThrow(() -> new IllegalArgumentException("no such proof")),
                    statement.textOrEmpty("reason"),
                    statement.at(),
                    statement.textOrEmpty("shown"));
        } catch (IllegalArgumentException e) {
            throw FailureException.input("this is not an approval: " + e.getMessage(), "", "");
        }
    }

    /** The name of a person's file: the person's name where it is a file's name as well, and its bytes otherwise. */
    private static String personFile(String person) {
        // Who only looks like somebody has a file of their own.
        String plain = PersonName.deceptive(person) ? person : PersonName.plain(person);
        String stem = PLAIN.matcher(plain).matches()
                ? plain
                : "_" + HexFormat.of().formatHex(plain.getBytes(StandardCharsets.UTF_8));
        return stem + ".json";
    }

    /** One for each time that the person says something. */
    private static String personFile(String person, Instant at) {
        String name = personFile(person);
        return name.substring(0, name.length() - ".json".length()) + "-" + at.getEpochSecond() + ".json";
    }
}
