package io.imaas.adapter.management;

import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.PemCertificates;
import java.security.GeneralSecurityException;
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
        PemCertificates certificates = PemCertificates.parse(pem, "the management API");
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
