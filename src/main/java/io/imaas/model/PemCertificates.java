package io.imaas.model;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Collection;

/**
 * Certificates of authorities that are trusted instead of the machine's own: a company's own one, or a certificate that
 * signed itself. Nothing here can switch a check off; what can be chosen is against what is checked.
 */
public final class PemCertificates {
    private final String pem;
    private final Collection<? extends Certificate> certificates;

    private PemCertificates(String pem, Collection<? extends Certificate> certificates) {
        this.pem = pem;
        this.certificates = certificates;
    }

    /**
     * Reads one or more BEGIN CERTIFICATE blocks.
     *
     * @param where whom they are for, such as {@code Argo CD}
     * @throws FailureException INPUT when there is none in it, or one that can't be read
     */
    public static PemCertificates parse(String pem, String where) {
        try {
            Collection<? extends Certificate> all = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
            if (all.isEmpty()) {
                throw new IOException("there is no certificate in it");
            }
            return new PemCertificates(pem, all);
        } catch (GeneralSecurityException | IOException e) {
            throw new FailureException(
                    new Failure(
                            FailureKind.INPUT,
                            "the certificates for " + where + " can't be read: " + e.getMessage(),
                            "",
                            "give PEM, one or more BEGIN CERTIFICATE blocks"),
                    e);
        }
    }

    /** What TLS libraries of Java want. */
    public KeyStore keyStore() {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate : certificates) {
                store.setCertificateEntry("authority-" + number++, certificate);
            }
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw FailureException.defect("this Java makes no key store", e);
        }
    }

    /** The same text in Base64, as a kubeconfig has it. */
    public String base64() {
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
    }
}
