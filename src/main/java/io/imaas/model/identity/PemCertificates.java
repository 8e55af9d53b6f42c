package io.imaas.model.identity;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Certificates of authorities that are trusted instead of the machine's own: a company's own one, or a certificate that
 * signed itself. Nothing here can switch a check off; what can be chosen is against what is checked.
 */
public record PemCertificates(String text) implements Serializable {
    /**
     * Reads one or more BEGIN CERTIFICATE blocks.
     *
     * @param where whom they are for, such as {@code Argo CD}
     * @throws FailureException INPUT when there is none in it, or one that can't be read
     */
    public static PemCertificates parse(String text, String where) {
        PemCertificates certificates = new PemCertificates(text);
        try {
            if (certificates.all().isEmpty()) {
                throw new CertificateException("there is no certificate in it");
            }
            return certificates;
        } catch (CertificateException e) {
            throw new FailureException(
                    new Failure(
                            FailureKind.INPUT,
                            "the certificates for " + where + " can't be read: " + e.getMessage(),
                            "",
                            "give PEM, one or more BEGIN CERTIFICATE blocks"),
                    e);
        }
    }

    private Collection<? extends Certificate> all() throws CertificateException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Trusts certificates that one of these vouches for, and these themselves. */
    public X509TrustManager trustManager() {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate : all()) {
                store.setCertificateEntry("authority-" + number++, certificate);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return (X509TrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException | IOException e) {
            throw FailureException.defect("this Java makes no key store", e);
        }
    }

    /** Makes connections to servers that {@link #trustManager()} trusts. */
    public SSLSocketFactory sockets() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trustManager()}, null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw FailureException.defect("this Java has no TLS", e);
        }
    }

    /** The same text in Base64, as a kubeconfig has it. */
    public String base64() {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
