package io.imaas.adapter.web;

import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import okhttp3.Authenticator;
import okhttp3.Credentials;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;

/** Gives a proxy this process's login for it, once: more attempts with a wrong password would lock the account. */
public final class ProxyLogin implements Authenticator {
    private static final String HEADER = "Proxy-Authorization";

    @Override
    public Request authenticate(Route route, Response response) {
        if (route == null
                || response.request().header(HEADER) != null
                || !(route.proxy().address() instanceof InetSocketAddress proxy)) {
            return null;
        }
        PasswordAuthentication login = java.net.Authenticator.requestPasswordAuthentication(
                proxy.getHostString(),
                null,
                proxy.getPort(),
                "http",
                "",
                "basic",
                null,
                java.net.Authenticator.RequestorType.PROXY);
        return login == null
                ? null
                : response.request()
                        .newBuilder()
                        .header(HEADER, Credentials.basic(login.getUserName(), new String(login.getPassword())))
                        .build();
    }
}
