package io.imaas.adapter.web;

import java.io.IOException;
import java.time.Duration;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/**
 * HTTP with one deadline for the whole exchange, answers of bounded length, and no redirects: a login is for the host that
 * it was given for.
 */
public final class BoundedHttp {
    private BoundedHttp() {}

    /** @param longest bytes of an answer; a longer one fails with an {@link IOException} */
    public static OkHttpClient client(Duration deadline, long longest) {
        return new OkHttpClient.Builder()
                .callTimeout(deadline)
                .readTimeout(deadline)
                .followRedirects(false)
                .followSslRedirects(false)
                .proxyAuthenticator(new ProxyLogin())
                .addInterceptor(chain -> bounded(chain.proceed(chain.request()), longest))
                .build();
    }

    /**
     * The answer, read to its end.
     *
     * @throws TooLong when it has more bytes than these
     */
    public static Response bounded(Response response, long longest) throws IOException {
        if (response.body().source().request(longest + 1)) {
            response.close();
            throw new TooLong(longest);
        }
        return response;
    }

    /** An answer that is longer than anything that is meant. */
    public static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;

        TooLong(long longest) {
            super("the answer is longer than " + longest + " bytes");
        }
    }
}
