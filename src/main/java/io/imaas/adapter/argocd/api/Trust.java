package io.imaas.adapter.argocd.api;

import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.PemCertificates;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;

/** Lets a client trust a company's own certificate authority. */
final class Trust {
    private Trust() {}

    static void install(OkHttpClient.Builder client, String pem) {
        PemCertificates certificates = PemCertificates.parse(pem, "Argo CD");
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(certificates.keyStore());
            TrustManager manager = factory.getTrustManagers()[0];
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {manager}, null);
            client.sslSocketFactory(context.getSocketFactory(), (X509TrustManager) manager);
        } catch (GeneralSecurityException e) {
            throw FailureException.defect("this Java has no TLS", e);
        }
    }
}
