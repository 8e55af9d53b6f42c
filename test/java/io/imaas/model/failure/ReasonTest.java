package io.imaas.model.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReasonTest {
    private static final String PATH = "PKIX path building failed: sun.security.provider.certpath."
            + "SunCertPathBuilderException: unable to find valid certification path to requested target";

    static Stream<Arguments> reasons() {
        return Stream.of(
                arguments(
                        new UnknownHostException("git.example.invalid"), "no such host is known: git.example.invalid"),
                arguments(new UnknownHostException("x: Name or service not known"), "no such host is known: x"),
                arguments(new UnresolvedAddressException(), "no such host is known"),
                arguments(new ConnectException(), "nothing answers there: the connection is refused"),
                arguments(new ConnectException("Connection timed out"), "no answer in time"),
                arguments(new SSLHandshakeException(PATH), "this machine does not trust its certificate"),
                arguments(
                        new SSLException("", new CertificateException("No name matching localhost found")),
                        "its certificate is for another host name"),
                arguments(
                        new SSLException("", new CertificateExpiredException("NotAfter: Sun Nov 01 00:00:00 UTC 2026")),
                        "its certificate has expired"),
                arguments(new SSLException("Unsupported or unrecognized SSL message"), "it speaks no TLS at this port"),
                arguments(new InterruptedIOException(), "no answer in time"),
                arguments(new SocketException("Connection reset"), "the other side closed the connection"),
                arguments(new NoSuchFileException("/nowhere"), "there is no such file or folder"),
                arguments(new AccessDeniedException("/root"), "this account has no right to it"),
                arguments(new FileSystemException("/f", null, "Not a directory"), "not a directory"),
                arguments(new MalformedInputException(1), "it is not UTF-8 text"),
                arguments(new IOException("java.net.SocketException: No such file"), "No such file"),
                arguments(new RuntimeException(), "no reason was given"));
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void aReasonIsToldWithoutTheNameOfAClass(Exception thrown, String told) {
        assertThat(Reason.of(thrown)).isEqualTo(told);
    }

    @Test
    void theReasonBelowAnotherExceptionIsFound() {
        assertThat(Reason.of(new RuntimeException("wrapped", new ConnectException())))
                .isEqualTo("nothing answers there: the connection is refused");
        assertThat(Reason.of(new RuntimeException("wrapped", new IOException("other"))))
                .isEqualTo("wrapped");
    }

    @Test
    void aCertificateThatIsNotTrustedIsFoundBelowOtherExceptions() {
        assertThat(Reason.isUntrusted(new IOException("no", new SSLHandshakeException(PATH))))
                .isTrue();
        assertThat(Reason.isUntrusted(new IOException("no"))).isFalse();
    }
}
