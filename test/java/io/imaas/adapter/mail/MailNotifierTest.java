package io.imaas.adapter.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.Secret;
import io.imaas.model.rollout.RunNotice;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceSettings.Channel;
import io.imaas.model.tenancy.ServiceSettings.Notification;
import io.imaas.model.tenancy.ServiceSettings.When;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server that speaks SMTP over a real connection. */
class MailNotifierTest {
    private static final Notification TEAM = new Notification(Channel.MAIL, "team@example.org", Set.of(When.FAILURE));

    private SmtpServer server;

    @BeforeEach
    void start() throws IOException {
        server = new SmtpServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private Secret secret() {
        return new Secret("smtp://imaas:s3cret%40%2F+@127.0.0.1:" + server.port() + "?from=imaas@acme.example\n");
    }

    private static RunNotice notice(String title, String reason) {
        return new RunNotice(
                "id-1",
                When.FAILURE,
                title,
                "failed",
                "orders",
                new EnvironmentName("test"),
                List.of(new RunNotice.Part("order-api", "1.4.0", "0123456789ab")),
                "@ann",
                reason,
                "https://jenkins.example/job/1/",
                Instant.parse("2026-11-20T10:00:00Z"));
    }

    private Failure refused(Secret secret) {
        FailureException refused = catchThrowableOfType(
                FailureException.class, () -> new MailNotifier().tell(TEAM, secret, notice("t", "why")));
        assertThat(refused).isNotNull();
        StringWriter all = new StringWriter();
        refused.printStackTrace(new PrintWriter(all));
        assertThat(all.toString()).doesNotContain("s3cret", "127.0.0.1");
        return refused.failure();
    }

    @Test
    void aTeamIsToldWhatRanWhereAndWhy() {
        new MailNotifier().tell(TEAM, secret(), notice("Promote order-api to test", "order-api is degraded"));

        assertThat(server.lines())
                .contains("MAIL FROM:<imaas@acme.example>", "RCPT TO:<team@example.org>")
                .contains("AUTH PLAIN aW1hYXMAaW1hYXMAczNjcmV0QC8r")
                .contains("Subject: Failed: Promote order-api to test", "Message-ID: <id-1@imaas>")
                .contains(
                        "Auto-Submitted: auto-generated", "> order-api is degraded", "https://jenkins.example/job/1/");
    }

    @Test
    void nobodysWordsBecomeAHeaderOrSteerATerminal() {
        new MailNotifier()
                .tell(TEAM, secret(), notice("a\r\nBcc: all@example.org\r\n\r\n\u001b[31m", "b\r\n.\r\nQUIT\u202ex"));

        assertThat(server.lines())
                .contains("Subject: Failed: a Bcc: all@example.org [31m", "> b . QUIT x")
                .doesNotContain("Bcc: all@example.org", ".QUIT");
        assertThat(server.lines().stream().filter(line -> line.startsWith("RCPT")))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "RCPT, 550 no such user s3cret, INPUT, the mail server refuses the message with 550",
        "RCPT, 451 later s3cret, EXTERNAL, the mail server answers 451",
        "MAIL, 553 not you, INPUT, the mail server refuses the message with 553",
        "., 452 full, EXTERNAL, the mail server answers 452",
        "MAIL, 530 who are you, INPUT, the mail server wants a login",
        "AUTH, 454 the accounts are away s3cret, EXTERNAL, the mail server answers 454",
        "AUTH, 535 s3cret is wrong, INPUT, the mail server refuses the login"
    })
    void whatMayPassIsTriedAgainAndWhatIsWrongIsNot(String command, String answer, FailureKind kind, String what) {
        server.answer(command, answer);
        Failure failure = refused(secret());

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.what()).isEqualTo(what);
    }

    @Test
    void withoutEncryptionNothingLeavesTheMachine() throws IOException {
        Failure plain = refused(new Secret("smtps://imaas:s3cret@127.0.0.1:" + server.port() + "?from=a@example.org"));
        assertThat(plain.what()).isEqualTo("the mail server's certificate is not trusted, or it speaks no TLS");
        assertThat(String.join("\n", server.lines())).doesNotContain("AUTH");
        server.close();
        assertThat(refused(secret()).kind()).isEqualTo(FailureKind.EXTERNAL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "s3cret",
                "https://s3cret@mail.example.org?from=a@b",
                "smtps://imaas:s3cret@mail.example.org",
                "smtps://imaas:s3cret%@mail.example.org?from=a@example.org",
                "smtps:///?from=a@example.org"
            })
    void aSecretThatIsNoMailServerIsNotUsed(String secret) {
        Failure failure = refused(new Secret(secret));
        assertThat(failure.kind()).isEqualTo(FailureKind.INPUT);
        assertThat(failure.what()).isEqualTo("the secret behind it is not an address of a mail server");
    }

    /** A tenant names the server, and may run one. */
    @Test
    void aServerThatNeverEndsItsLineIsGivenUp() throws Exception {
        byte[] part = "2".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);

        assertThat(takenOf(part, 0, new MailNotifier())).isLessThan(32 << 20);
    }

    @Test
    void aServerThatSaysOneLetterAfterTheOtherIsGivenUp() throws Exception {
        assertThat(takenOf(new byte[] {'2'}, 100, new MailNotifier(Duration.ofSeconds(2))))
                .isLessThan(600);
    }

    /** What a server could say, at most 64 MB or 1,000 pieces, until it was no longer heard. */
    private static long takenOf(byte[] part, long pause, MailNotifier notifier) throws Exception {
        AtomicLong taken = new AtomicLong();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread talking = new Thread(() -> {
                try (Socket client = server.accept()) {
                    for (int i = 0; i < 1_000; i++) {
                        client.getOutputStream().write(part);
                        taken.addAndGet(part.length);
                        Thread.sleep(pause);
                    }
                } catch (IOException | InterruptedException enough) {
                    // It is no longer heard.
                }
            });
            talking.start();
            Secret secret = new Secret("smtp://127.0.0.1:" + server.getLocalPort() + "?from=imaas@acme.example");
            FailureException refused =
                    catchThrowableOfType(FailureException.class, () -> notifier.tell(TEAM, secret, notice("t", "why")));
            assertThat(refused.failure().kind()).isEqualTo(FailureKind.EXTERNAL);
            talking.join();
        }
        return taken.get();
    }
}
