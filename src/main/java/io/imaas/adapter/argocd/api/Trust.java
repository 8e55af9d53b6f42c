package io.imaas.adapter.argocd.api;

import io.imaas.model.FailureException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;

/** Lets a client trust a company's own certificate authority. Nothing here can switch the check off. */
final class Trust {
    private Trust() {}

    static void install(OkHttpClient.Builder client, String pem) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))) {
                store.setCertificateEntry("authority-" + number++, certificate);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            TrustManager manager = factory.getTrustManagers()[0];
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {manager}, null);
            client.sslSocketFactory(context.getSocketFactory(), (X509TrustManager) manager);
        } catch (GeneralSecurityException | IOException e) {
            throw new FailureException(
                    new io.imaas.model.Failure(
                            io.imaas.model.FailureKind.INPUT,
                            "the certificate authorities for Argo CD can't be read: " + e.getMessage(),
                            "",
                            "give PEM, one or more BEGIN CERTIFICATE blocks"),
                    e);
        }
    }
}
