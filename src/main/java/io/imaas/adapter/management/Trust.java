package io.imaas.adapter.management;

import io.imaas.model.Failure;
import io.imaas.model.FailureException;
import io.imaas.model.FailureKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;

/**
 * Whom a client believes: a company's own authority, or one certificate that signed itself. A certificate is always
 * checked, for a password goes over the wire; what can be chosen is against what.
 */
final class Trust {
    private Trust() {}

    static void install(OkHttpClient.Builder client, ManagementAccess access) {
        if (!access.certificates().isEmpty()) {
            authorities(client, access.certificates());
        }
        if (!access.hostName().isEmpty()) {
            HostnameVerifier usual = new OkHttpClient().hostnameVerifier();
            client.hostnameVerifier((host, session) -> usual.verify(access.hostName(), session));
        }
    }

    private static void authorities(OkHttpClient.Builder client, String pem) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))) {
                store.setCertificateEntry("authority-" + number++, certificate);
            }
            if (number == 0) {
                throw new IOException("there is no certificate in it");
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            TrustManager manager = factory.getTrustManagers()[0];
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {manager}, null);
            client.sslSocketFactory(context.getSocketFactory(), (X509TrustManager) manager);
        } catch (GeneralSecurityException | IOException e) {
            throw new FailureException(
                    new Failure(
                            FailureKind.INPUT,
                            "the certificates for the management API can't be read: " + e.getMessage(),
                            "",
                            "give PEM, one or more BEGIN CERTIFICATE blocks"),
                    e);
        }
    }
}
